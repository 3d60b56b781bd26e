# Fjalët e raundeve dhe të thirrjeve.
calls-not-a-draft = Ky raund nuk është më draft, prandaj nuk mund të publikohet.
calls-closes-in-the-past = Do të mbyllej më { $when }, por kjo datë ka kaluar. Ndryshoni datat në skedarin e programit dhe importojeni përsëri.
calls-already-cancelled = Ky raund është anuluar tashmë.
calls-too-late-to-cancel = Afati ka kaluar dhe aplikimet kanë mbërritur: tani raundi mbyllet me vendimin e dhënies së granteve.
calls-cancel-needs-reason = Shkruani pse anulohet raundi, të paktën 10 shkronja. Aplikantët e lexojnë fjalë për fjalë.
calls-terms-are-fixed = Raundi { $code } është publikuar. Kushtet e tij janë premtim për aplikantët: ato ndryshohen me korrigjim, jo me import.
