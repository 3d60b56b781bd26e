# Aplikimet: rregullat.
application-enough-of-them = Në { $round } një organizatë mund të dorëzojë { $most ->
    [one] një aplikim; juaja
   *[other] { $most } aplikime; juaja
} i ka tashmë. Hapeni te “Aplikimet e mia”.
application-round-cancelled = { $round } u anulua dhe nuk pranon aplikime.
application-too-early = { $round } hapet më { $at }.
application-too-late = { $round } u mbyll më { $closed }. Në orën tonë është { $now }, ora e Tiranës, prandaj nuk u dorëzua asgjë.
application-is-submitted = Ky aplikim është dërguar. Deri në afat mund ta tërhiqni, ta rimerrni dhe ta ndryshoni; pas afatit mbetet siç është.
application-is-withdrawn = Ky aplikim u tërhoq. Rimerreni që të vazhdoni me të.
application-not-submitted = Mund të tërhiqet vetëm një aplikim që është dërguar.
application-not-withdrawn = Mund të rimerret vetëm një aplikim që është tërhequr.
application-fill-in = Plotësoni “{ $field }”.
application-too-long = Shkurtoni “{ $field }”: ka { $length } shkronja, ndërsa nxë { $most }.
application-no-email = Shkruani një adresë e-maili te “{ $field }”, për shembull zyra@organizata.al.
application-no-number = Shkruani një numër të plotë te “{ $field }”, për shembull 40.
application-no-amount = Shkruani një shumë në euro te “{ $field }”, për shembull 12 400,00.
application-no-nipt = Shkruani NIPT-in e partnerit: një shkronjë, tetë shifra dhe një shkronjë, për shembull K61827501A.
application-no-place = Zgjidhni një bashki nga lista.
application-wrong-legal-form = Kjo thirrje nuk pranon organizata me formën ligjore “{ $form }”. Nëse profili e ka gabim, ndreqeni aty.
application-choose-tier = Zgjidhni madhësinë e grantit.
application-months-in-tier = Një grant me madhësinë “{ $tier }” zgjat nga { $least } deri në { $most } muaj: shkruani sa.
application-choose-themes = Zgjidhni { $most ->
    [one] një temë
   *[other] nga një deri në { $most } tema
} të thirrjes.
application-choose-municipalities = Zgjidhni të paktën një bashki ku zhvillohet projekti.
application-place-outside = { $place } është jashtë zonës së { $round }: zgjidhni bashki nga lista.
application-no-start = Shkruani ditën kur dëshironi të filloni, për shembull 2018-01-01.
application-early-start = Fillimi duhet të jetë pas datës { $day }, kur mbyllet thirrja.
application-no-risk = Përmendni të paktën një rrezik dhe çfarë do të bëni për të.
application-three-projects = Lini tri projektet që i ngjajnë më shumë këtij.
application-no-team = Shënoni të paktën një person të ekipit.
application-no-time = Shkruani kohën e punës së personit në përqindje, nga 1 deri në 100.
application-add-document = Shtoni dokumentin “{ $document }”.
application-add-document-of = Shtoni dokumentin “{ $document }” të partnerit { $partner }.
application-declare = Deklaroni: { $wording }
# Emrat e fushave.
application-org-registration = Vendimi i gjykatës ose regjistrimi
application-org-representative = Përfaqësuesi ligjor
application-org-contact = Personi i kontaktit
application-org-mission = Misioni dhe fushat e punës
application-org-finances = Kontabiliteti dhe auditimi
application-partner-name = Emri i partnerit
application-partner-nipt = NIPT-i i partnerit
application-partner-municipality = Bashkia e partnerit
application-partner-representative = Përfaqësuesi i partnerit
application-partner-email = E-maili i partnerit
application-partner-role = Çfarë bën partneri në projekt
application-title = Titulli i projektit
application-tier = Madhësia e grantit
application-months = Kohëzgjatja në muaj
application-themes = Temat
application-municipalities = Bashkitë
application-starts-on = Fillimi i dëshiruar
application-summary-sq = Përmbledhja në shqip
application-summary-en = Përmbledhja në anglisht
application-problem = Problemi dhe nevojat
application-target-groups = Grupet e synuara
application-women = Gra prej tyre
application-men = Burra prej tyre
application-beneficiaries = Përfituesit përfundimtarë
application-methodology = Metodologjia dhe rolet
application-monitoring = Monitorimi dhe vlerësimi
application-sustainability = Qëndrueshmëria
application-added-value = Vlera e shtuar
application-visibility = Plani i dukshmërisë
application-risk = Rreziku
application-mitigation = Çfarë do të bëni për të
application-project-title = Titulli i projektit të mëparshëm
application-project-donor = Donatori
application-project-amount = Shuma në euro
application-project-years = Vitet
application-project-role = Roli juaj
application-member-name = Emri
application-member-role = Roli në projekt
application-member-time = Koha e punës, në %
application-declared-by = Emri i personit që deklaron
application-declared-as = Pozicioni
application-conflicts = Lidhjet me persona të fondit ose të vlerësimit
application-other-funding = Kërkesa dhe grante të tjera për të njëjtin veprim
application-say-why = Thoni me pak fjalë pse e tërhiqni, me më së shumti { $most } shkronja.
application-not-asked-for = Kjo thirrje nuk e kërkon një dokument të tillë.
application-no-room = Të gjitha dokumentet bashkë mund të kenë { $megabytes } MB dhe mund të jenë { $most }. Hiqni një ose dërgoni skanime më të vogla.
# Hapat.
application-step-organisation = Organizata
application-step-partners = Partnerët
application-step-summary = Madhësia, vendi dhe përmbledhja
application-step-description = Përshkrimi
application-step-logframe = Korniza logjike
application-step-plan = Plani i veprimit
application-step-budget = Buxheti
application-step-capacity = Përvoja dhe ekipi
application-step-attachments = Dokumentet
application-step-declarations = Deklaratat
application-lede-partners = Organizatat që e zbatojnë projektin bashkë me ju. Nëse nuk keni, lëreni bosh dhe vazhdoni.
application-lede-summary = Çfarë do të thonë për projektin tuaj listat, harta dhe fleta publike.
application-lede-description = Pse, për kë, si. Mund të ndaleni kur të doni: gjithçka ruhet ashtu siç është.
application-lede-capacity = Çfarë keni bërë më parë dhe kush do ta bëjë punën.
application-lede-declarations = Këtë e deklaron dikush që mund të nënshkruajë për organizatën.
application-lede-attachments = PDF, foto (JPEG, PNG), DOCX ose XLSX; deri në { $megabytes } MB secili, { $all } MB bashkë. Mjafton një foto e qartë.
application-hint-problem = Çfarë nuk shkon, për kë, në cilën bashki? Shifrat ndihmojnë.
application-hint-target-groups = Me kë punoni dhe sa janë?
application-hint-beneficiaries = Kush përfiton në fund?
application-hint-methodology = Si punoni, çfarë bën secili partner, si përfshihen autoritetet vendore.
application-hint-monitoring = Si do ta dini që po funksionon.
application-hint-sustainability = Çfarë mbetet kur mbarojnë paratë: në financa, institucione, politika.
application-hint-added-value = Barazia gjinore, pakicat, mjedisi, risitë.
application-hint-visibility = Si do të mësojnë njerëzit për projektin dhe kush e financon.
application-hint-tier = Madhësitë mund të takohen: nëse shuma u përshtatet dyjave, zgjidhni ju.
application-hint-months = Një numër i plotë.
application-hint-starts-on = Fillimi i vërtetë caktohet me kontratën.
application-hint-main-municipality = Ku numërohet projekti kur mund të numërohet vetëm një herë.
application-hint-themes = { $most ->
    [one] Zgjidhni një.
   *[other] Zgjidhni më së shumti { $most }; e para numërohet e para.
}
application-hint-summary = Për financuesin dhe për fletën publike të projektit.
application-hint-projects = Më së shumti tri, ato që i ngjajnë më shumë këtij. Lëreni bosh nëse ky është i pari.
application-hint-conflicts = Përmendni personat dhe lidhjen; ajo vetë nuk ju përjashton. Shkruani “Asnjë” nëse nuk ka.
application-hint-other-funding = Përmendni donatorin, shumën dhe gjendjen. Shkruani “Asnjë” nëse nuk ka.
application-hint-declared-by = Zakonisht përfaqësuesi ligjor.
application-tier-range = { $from } deri në { $to }, { $least } deri në { $most } muaj
application-main-municipality = Bashkia kryesore
application-choose = Zgjidh
application-partners-empty = Ende asnjë partner.
application-partner = Partneri { $number }
application-add-partner = Shto një partner
application-up = Ngjit lart
application-risks = Rreziqet
application-risk-numbered = Rreziku { $number }
application-mitigation-numbered = Çfarë do të bëni për rrezikun { $number }
application-add-risk = Shto një rrezik
application-projects = Projekte të ngjashme
application-project = Projekti { $number }
application-add-project = Shto një projekt
application-team = Ekipi
application-member = Personi { $number }
application-add-member = Shto një person
application-we-declare = Deklarojmë
application-to-list = Shko te lista
# Për lexim.
application-change = Ndrysho
application-org-name = Organizata
application-org-seat = Selia
application-no-partners = Pa partnerë.
application-no-projects = Nuk u përmend asnjë projekt i ngjashëm.
application-no-papers = Pa dokumente.
application-document = Dokumenti
application-nothing-declared = Ende asnjë deklaratë.
# Dokumentet.
application-paper-there = Gati
application-paper-missing = Mungon
application-optional = Sipas dëshirës
application-choose-file = Së pari zgjidhni një dokument.
application-choose-file-label = Zgjidh një dokument
application-another-file-label = Një dokument tjetër
application-upload = Ngarko
application-paper-added = “{ $name }” u shtua.
application-paper-removed = “{ $name }” u hoq.
application-other-papers = Dokumente që nuk kërkohen më
# Lista dhe detyrat.
application-status-draft = Draft
application-status-submitted = Dërguar
application-status-withdrawn = Tërhequr
application-untitled = Aplikim pa titull
application-none-yet = Ende nuk keni aplikime. Filloni një nga një thirrje e hapur.
application-calls-of = Thirrjet e { $fund }
application-no-organisation = Për të aplikuar ju duhet një organizatë.
application-add-organisation = Shtojeni tuajën
application-begin-title = Fillo një aplikim
application-begin-heading = Apliko në { $round }
application-begin-lede = Mund ta shkruani për ditë të tëra, pjesë pas pjese. Thirrja mbyllet më { $until }, ora e Tiranës.
application-which-organisation = Për cilën organizatë?
application-choose-organisation = Zgjidhni organizatën që aplikon.
application-begin = Fillo
application-state-ready = Gati
application-state-to-fix = { $count } për të rregulluar
application-state-not-started = Pa filluar
application-ready-of = { $ready } nga { $all } pjesë janë gati
application-left-to-do = { $fix ->
    [0] { $start ->
        [one] një pjesë pa filluar
       *[other] { $start } pjesë pa filluar
    }
    [one] një gjë për të rregulluar, { $start } pa filluar
   *[other] { $fix } gjëra për të rregulluar, { $start } pa filluar
}
application-go-on-with = Vazhdo: { $part }
application-group-who = Kush dhe çfarë
application-group-what = Projekti
application-group-proof = Përvoja dhe dokumentet
application-group-send = Dërgimi
application-deadline-and-help = Afati dhe ndihma
application-days-left = Edhe { $days } ditë
application-hours-left = { $hours ->
    [0] Edhe më pak se një orë
    [one] Edhe një orë
   *[other] Edhe { $hours } orë
}
application-submit-until = Dërgojeni deri më { $until }, ora e Tiranës.
application-last-hour = Mos prisni orën e fundit: atë ditë lidhja mund të jetë e ngadaltë.
application-closed = Thirrja është mbyllur
application-closed-on = U mbyll më { $at }, ora e Tiranës.
application-who-works = Kush punon këtu
application-writes = shkruan
application-writes-and-signs = shkruan dhe mund ta dërgojë
application-invite = Fto një koleg
application-copy-and-help = Kopja dhe ndihma
application-the-call = Thirrja
# Kontrolli, dërgimi, dëftesa.
application-check-title = Kontrollo dhe dërgo
application-check-heading = Kontrolloni përgjigjet, pastaj dërgoni
application-check-lede = Këtë do të lexojnë vlerësuesit. Pasi ta dërgoni nuk mund ta ndryshoni, por deri në afat mund ta tërhiqni dhe ta dërgoni përsëri.
application-submit-heading = Dërgimi
application-submit-as = Dërgoni si { $person } për { $organisation }.
application-submit = Dërgo aplikimin
application-not-yet = Ende jo, kthehu
application-who-signs = Vetëm pronari i llogarisë ose një nënshkrues i organizatës mund ta dërgojë.
application-who-withdraws = Vetëm pronari i llogarisë ose një nënshkrues i organizatës mund ta tërheqë.
application-before-submitting = Para se të dërgoni
application-all-ready = Gjithçka është gati
application-all-ready-text = Të gjitha përgjigjet e nevojshme janë aty dhe të gjithë kufijtë respektohen.
application-look-at = Ia vlen t'i shihni edhe një herë
application-look-at-text = Mund ta dërgoni edhe kështu.
application-until = Deri më { $at }
application-server-clock = Ora e Tiranës. Vendos ora e serverit tonë, deri në sekondë.
application-receipt-short = Dëftesa
application-read-short = Aplikimi
application-we-have-it = E morëm aplikimin tuaj
application-your-number = Numri juaj është
application-copies-sent = Dëftesën ua dërguam të gjithëve që shkruajnë për organizatën tuaj, personit të kontaktit dhe përfaqësuesit ligjor.
application-tirana-time = { $at }, ora e Tiranës
application-read-and-print = Lexo, printo ose ruaj si PDF
application-what-now = Çfarë ndodh tani
application-now-check = Kontrolli administrativ
application-now-check-text = Pasi të mbyllet thirrja më { $at }. Nëse mungon diçka, ju pyesim një herë dhe keni { $days } ditë pune.
application-now-evaluation = Vlerësimi
application-now-evaluation-text = { $readers } vlerësues, secili më vete. Ju duhen { $threshold } nga { $most } pikë.
application-now-decision = Vendimi
application-now-decision-text = Brenda { $days } ditësh nga mbyllja, me e-mail dhe këtu, me pikët tuaja dhe arsyet.
application-now-contract = Kontrata dhe fillimi
application-your-receipt = Dëftesa juaj
application-total = Buxheti gjithsej
application-requested = Kërkuar nga fondi
application-submitted-by = Dërguar nga
application-server-time = Ora e serverit
application-submission = Dërgimi
application-fingerprint = Gjurma
application-fingerprint-text = Gjurma ndryshon nëse dikush ndryshon qoftë edhe një shkronjë. Ruajeni bashkë me kopjen tuaj.
application-change-something = Duhet të ndryshoni diçka?
application-change-text = Deri më { $until } mund ta tërhiqni këtë aplikim, ta korrigjoni dhe ta dërgoni përsëri. Numri mbetet { $code }.
application-withdraw-text = Thirrja është mbyllur, prandaj nuk mund të korrigjohet më. Mund ta tërhiqni ende; atëherë nuk vlerësohet më.
application-withdraw = Tërhiq
application-withdraw-reason = Pse e tërhiqni?
application-was-withdrawn = Aplikimi u tërhoq.
application-was-taken-up = Është përsëri draft. Korrigjojeni dhe dërgojeni para afatit.
application-is-withdrawn-text = Ky aplikim u tërhoq dhe nuk do të vlerësohet.
application-is-draft-again = Ky aplikim u dërgua, u tërhoq dhe u rimor. Tani është draft dhe vlen vetëm pasi ta dërgoni përsëri.
application-take-up = Rimerre
application-open = Hape
application-messages = Pyetjet e zyrës
application-messages-text = Nëse zyra ka një pyetje, ju vjen me e-mail dhe e gjeni te historia e aplikimit, bashkë me përgjigjen tuaj.
application-frozen-on = Siç u dërgua më { $at }
application-seat-outside = Selia juaj është në { $place }, jashtë zonës së fondit. Vlerësimi administrativ e kërkon selinë brenda saj. Nëse profili e ka gabim, ndreqeni aty.
application-was-handed-in = Ky aplikim është dërguar një herë, prandaj ruhet. Nëse nuk e dërgoni përsëri, nuk vlerësohet.
application-cannot-apply = { $organisation } nuk mund të aplikojë në këtë thirrje
application-in-doubt = { $organisation } mund të aplikojë, por kontrolloni këtë
application-look-at-profile = Shihni profilin e organizatës
application-discard = Hidhe draftin
application-discard-heading = Ta hedhim këtë draft?
application-discard-text = Gjithçka që është shkruar dhe ngarkuar në të hiqet për të gjithë që shkruajnë për organizatën dhe nuk kthehet më. Profili i organizatës mbetet.
application-discard-not = Jo, mbaje
application-was-discarded = Drafti u hodh.
application-withdrawn-may-return = Ky aplikim u tërhoq. Deri më { $until } mund ta rimerrni, ta korrigjoni dhe ta dërgoni përsëri me të njëjtin numër.
application-history = Historia e aplikimit
application-is-submitted-for-good = Ky aplikim është dërguar dhe thirrja është mbyllur: mbetet siç është.
application-is-contracted = Për këtë aplikim ka kontratë, prandaj nuk mund të tërhiqet më. Nëse nuk mund ta zbatoni, shkruani zyrës: përfundon përmes kontratës.
