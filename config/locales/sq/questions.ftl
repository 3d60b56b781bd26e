# Fjalët e pyetjeve për një thirrje.
question-title = Pyetje dhe përgjigje
question-lede = Çfarë kanë pyetur të tjerët për këtë thirrje dhe përgjigjet e zyrës. Ato vlejnë njësoj për të gjithë; kush ka pyetur nuk thuhet askund.
question-answers = { $count ->
    [0] Përgjigjet
    [one] Një përgjigje
   *[other] { $count } përgjigje
}
question-search = Kërkoni te përgjigjet
question-topic = Për çfarë bëhet fjalë
question-order = Renditja
question-newest = Më të rejat në fillim
question-by-topic = Sipas temës
question-nothing-found = Asnjë përgjigje nuk flet për këtë. Provoni me një fjalë tjetër, ose pyesni.
question-none-yet = Ende nuk është publikuar asnjë përgjigje.
question-published-on = Publikuar më { $day }
question-same-as = Kjo është pyetur edhe më parë: vlen përgjigjja e pyetjes { $number }.
question-only-other = Ky tekst gjendet vetëm në anglisht.
question-ask = Bëni një pyetje
question-until = Pyetjet pranohen deri më { $until }.
question-answered-by = Të gjitha marrin përgjigje deri më { $until }.
question-sign-in = Hyni në llogarinë tuaj për të pyetur. Emri juaj nuk publikohet.
question-sign-up = Hapni një llogari
question-choose = Zgjidhni
question-yours = Pyetja juaj
question-hint = Pyesni për rregullat e thirrjes. Mos shkruani emrin tuaj apo të organizatës: pyetja publikohet. Zyra nuk mund të thotë paraprakisht nëse projekti juaj do të pranohet.
question-not-named = Që keni pyetur ju, e sheh vetëm zyra. Kur të publikohet përgjigjja, merrni një letër.
question-send = Dërgo pyetjen
question-staff-do-not-ask = Ju punoni për këtë fond, prandaj nuk pyesni: ju përgjigjeni.
question-over = Pyetjet janë mbyllur
question-mine = Pyetjet e mia
question-has-number = Lexoni përgjigjen me numrin { $number }
question-withdraw = Tërhiq pyetjen
question-was-asked = Pyetja juaj mbërriti. Kur të ketë përgjigje, merrni një letër.
question-was-withdrawn = Pyetja juaj u tërhoq.
question-too-many = Sot keni dërguar shumë pyetje. Kjo është ende këtu: dërgojeni nesër.
question-state-open = Pret përgjigje
question-state-answered = Me përgjigje, ende jo publike
question-state-published = E publikuar
question-state-withdrawn = E tërhequr
question-topic-eligibility = Kush mund të aplikojë
question-topic-partners = Partnerët
question-topic-activities = Aktivitetet dhe rezultatet
question-topic-budget = Buxheti dhe kostot
question-topic-documents = Dokumentet
question-topic-applying = Formulari, afati, dërgimi
question-topic-evaluation = Vlerësimi
question-topic-other = Diçka tjetër
question-round-cancelled = Kjo thirrje u anulua, prandaj nuk pranohen pyetje.
question-too-late = Pyetjet u pranuan deri më { $until }.
question-needs-topic = Zgjidhni për çfarë bëhet fjalë në pyetje.
question-needs-text = Shkruajeni pyetjen me 10 deri në 2 000 shenja.
question-cannot-withdraw = Kjo pyetje është publike ose është tërhequr tashmë.
question-cannot-answer = Kjo pyetje është publike ose është tërhequr, prandaj përgjigjja mbetet siç është.
question-half-wording = Në këtë gjuhë ka përgjigje, por jo pyetje.
question-half-answer = Në këtë gjuhë ka pyetje, por jo përgjigje.
question-too-long = Tepër e gjatë: më së shumti { $most } shenja.
question-no-language = Shkruani pyetjen dhe përgjigjen të paktën në një gjuhë.
question-same-itself = Një pyetje nuk mund të ketë për përgjigje vetveten.
question-same-unanswered = Zgjidhni një pyetje të kësaj thirrjeje që ka përgjigjen e vet.
question-call-over = Thirrja është mbyllur ose anuluar: nuk publikohen më përgjigje.
question-nothing-ready = Nuk ka asnjë përgjigje të ruajtur për t'u publikuar.
question-points-to-nothing = “{ $question }…” të çon te një pyetje që nuk ka më përgjigje. Shkruani një përgjigje të re.
question-office-lede = Çfarë është pyetur për këtë thirrje. Përgjigjet duhen dhënë deri më { $until }. Ruani së pari çdo përgjigje, pastaj publikojini të gjitha njëherësh: kushdo që ka nisur një aplikim ose ka pyetur merr të njëjtën letër.
question-late = Përgjigjet duheshin dhënë deri më { $until }, por ende ka pyetje që presin. Publikojini tani dhe mendoni ta shtyni afatin, që të gjithë të kenë kohë t'i përdorin.
question-publish-heading = { $count ->
    [one] Një përgjigje është gati
   *[other] { $count } përgjigje janë gati
}
question-publish = Publiko
question-publish-help = Bëhen publike tani, me numra sipas radhës së pyetjeve. Një përgjigje e publikuar nuk ndryshohet më.
question-were-published = { $answers ->
    [one] U publikua një përgjigje.
   *[other] U publikuan { $answers } përgjigje.
} { $letters ->
    [0] Nuk kishte kujt t'i shkruhej.
    [one] Një letër është nisur.
   *[other] { $letters } letra janë nisur.
}
question-states = Sipas gjendjes
question-office-none = Këtu nuk ka asnjë pyetje.
question-office-none-waits = Asnjë pyetje nuk pret përgjigje.
question-question = Pyetja
question-asked-by = Kush pyeti
question-as-asked = Siç u pyet
question-only-office = Emrin e sheh vetëm zyra.
question-answer = Përgjigjja
question-answer-help = Mjafton një gjuhë; faqja ua thotë këtë lexuesve të gjuhës tjetër. Asgjë nuk bëhet publike para se ta publikoni.
question-wording = Pyetja siç do të publikohet
question-wording-hint = Hiqni emrat dhe gjithçka që tregon kush ka pyetur.
question-same-label = A është pyetur e njëjta gjë më parë?
question-same-hint = Atëherë këtu shfaqet përgjigjja e asaj pyetjeje dhe fushat e përgjigjeve më sipër mund të mbeten bosh.
question-own-answer = Jo, ka përgjigjen e vet
question-keep = Ruaj përgjigjen
question-was-answered = Përgjigjja u ruajt. Bëhet publike kur ta publikoni.
question-answered-by-whom = U përgjigj
question-on-the-call = Diçka nuk është e qartë? Lexoni çfarë kanë pyetur të tjerët, ose pyesni.
question-count = { $count ->
    [0] Pyetje dhe përgjigje
    [one] Pyetje dhe përgjigje (1)
   *[other] Pyetje dhe përgjigje ({ $count })
}
