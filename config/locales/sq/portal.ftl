# Fjalët e faqeve publike.
portal-funds-lede = Fonde donatorësh që u jepen organizatave të shoqërisë civile si grante.
portal-funds-none = Këtu nuk ka ende asnjë fond.
portal-state-active = Në zbatim
portal-state-ended = Mbaroi, po mbyllet
portal-state-closed = Përfunduar
portal-state-terminated = Ndërprerë
portal-map-all-none = ende asnjë projekt në asnjë bashki
portal-map-others-none = { $count ->
    [one] ende asnjë në bashkinë tjetër
   *[other] ende asnjë në { $count } bashkitë e tjera
}
portal-map-see-table = Të njëjtat shifra janë në tabelë.
portal-map-title = Harta: projektet e financuara në çdo bashki
portal-map-as-table = Shfaq hartën si tabelë
portal-legend = Numri i projekteve
portal-legend-none = asnjë ende
portal-legend-more = 5 e lart
portal-all = Të gjitha
portal-awarded-projects = Projektet e financuara
portal-project = Projekti
portal-projects = Projekte
portal-municipality = Bashkia
portal-municipalities = Bashki me projekte
portal-of-municipalities = nga { $count } në zonën e fondit
portal-county = Qarku
portal-county-of = Qarku { $county }
portal-size = Madhësia
portal-grant = Granti
portal-grants = Grante
portal-state = Gjendja
portal-round = Raundi
portal-round-code = Raundi { $code }
portal-theme = Lloji i aktivitetit
portal-duration = Kohëzgjatja
portal-money-in-round = Fondi i raundit
portal-apply-in = Gjuha
portal-read-call = Lexo thirrjen
portal-continue-application = Vazhdo aplikimin
portal-opens-on = Hapet më { $when }, me orën e Tiranës.
portal-training = Trajnim falas para aplikimit
portal-where = Ku shkuan fondet
portal-where-figures = { $projects ->
    [0] Ende asnjë projekt në { $all } bashki
    [one] 1 projekt në { $reached } nga { $all } bashki
   *[other] { $projects } projekte në { $reached } nga { $all } bashki
}
portal-by-municipality = Projektet sipas bashkive
portal-in-all = Gjithsej
portal-fund-money = Fondi i nën-granteve
portal-not-published = ende i papublikuar
portal-awarded-so-far = Dhënë deri tani
portal-of-fund = { $share } e fondit
portal-projects-awarded = Projekte të financuara
portal-planned = { $count } të planifikuara
portal-filter = Filtro projektet
portal-some-of = { $shown } nga { $all } projekte
portal-all-projects = Shfaq të gjitha projektet
portal-closed-calls = Thirrje të mbyllura
portal-call-awarded = Grantet u dhanë
portal-call-in-evaluation = Në vlerësim
portal-running-since = { $projects ->
    [one] 1 projekt, filloi më { $day }.
   *[other] { $projects } projekte, filluan më { $day }.
}
portal-results-of = Rezultatet e { $code }
portal-the-call = Thirrja { $code }
portal-on-this-page = Në këtë faqe
portal-who = Kush mund të aplikojë
portal-who-forms = Organizata të regjistruara të shoqërisë civile me një nga këto forma ligjore: { $forms }.
portal-who-seat = { $count ->
    [one] Me seli në bashkinë e thirrjes.
   *[other] Me seli në një nga { $count } bashkitë më poshtë.
}
portal-who-times = { $count ->
    [one] Një aplikim nga çdo organizatë si drejtuese në këtë raund.
   *[other] Më së shumti { $count } aplikime nga çdo organizatë si drejtuese në këtë raund.
}
portal-who-language = Gjuha e aplikimit: { $languages }.
portal-the-municipalities = { $count ->
    [one] Bashkia
   *[other] { $count } bashkitë
}
portal-what = Çfarë financojmë
portal-choose-themes = { $most ->
    [one] Zgjidhni një nga këto lloje aktivitetesh.
   *[other] Zgjidhni deri në { $most } nga këto lloje aktivitetesh.
}
portal-meant-for = Menduar për
portal-choose-one-size = Madhësinë e zgjidhni në fillim. Mund ta ndryshoni derisa ta dërgoni aplikimin; kontrollet e buxhetit ndjekin zgjedhjen tuaj.
portal-timetable = Kalendari
portal-step-opens = Hapet thirrja
portal-step-questions = Dita e fundit për pyetje
portal-step-answers = Të gjitha përgjigjet publikohen deri atëherë
portal-step-answers-more = njësoj për të gjithë
portal-step-deadline = Afati
portal-step-results = Rezultatet, më së voni
portal-step-results-more = për çdo aplikant, me pikë dhe komente
portal-step-today = Ju jeni këtu
portal-today = sot
portal-tirana-time = ora e Tiranës
portal-budget-rules = Rregullat e buxhetit
portal-cap-indirect = Kosto indirekte, deri në
portal-cap-reserve = Rezerva, deri në
portal-cap-requested = Granti, deri në
portal-caps-explained = Kostot indirekte dhe rezerva llogariten mbi kostot direkte; granti mbi buxhetin gjithsej. Formulari i kontrollon vetë.
portal-scoring = Si vlerësojmë
portal-scoring-explained = Çdo aplikim e vlerësojnë { $readers } vlerësues, secili më vete. Duhen { $threshold } nga 100 pikë; grantet jepen sipas renditjes, derisa të mbarojnë fondet.
portal-needed = I detyrueshëm?
portal-what-you-declare = Çfarë deklaroni
portal-apply = Aplikimi
portal-closes-by-itself = Formulari mbyllet vetë.
portal-see-application = Shih aplikimin tuaj
portal-start = Fillo një aplikim
portal-have-account = Kam llogari
portal-account-first = Së pari ju duhen një llogari dhe profili i organizatës; të dyja marrin pak minuta.
portal-for-organisation = Për organizatën { $name }
portal-organisation = Organizata
portal-add-organisation = Shto organizatën
portal-organisation-first = Së pari shtoni organizatën, pastaj filloni aplikimin.
portal-staff-do-not-apply = Ju punoni për këtë fond, prandaj nuk mund të aplikoni.
portal-sittings = Mund ta lini dhe ta vazhdoni më vonë, nga çdo pajisje. Shiriti poshtë çdo pjese tregon kur u ruajt për herë të fundit.
portal-closed-on = Thirrja u mbyll më { $when }.
portal-cancelled = Kjo thirrje u anulua para afatit.
portal-have-ready = Bëjini gati këto
portal-nothing-found = Asnjë projekt nuk përputhet. Provoni me më pak fjalë, ose zgjidhni diku “Të gjitha”.
portal-no-projects = Ende nuk ka projekte. Ato dalin këtu kur nënshkruhen kontratat.
portal-from-to = { $from }–{ $to } nga { $total }
portal-total-budget = Buxheti gjithsej
portal-overall-objective = Objektivi i përgjithshëm
portal-specific-objective = { $count ->
    [one] Objektivi specifik
   *[other] Objektivat specifikë
}
portal-expected-results = Rezultatet e pritshme
portal-target-groups = Grupet e synuara
portal-beneficiaries = Përfituesit përfundimtarë
portal-main-activities = Aktivitetet kryesore
portal-result = Rezultati { $number }
portal-implemented-by = Zbatohet nga
portal-partner = partner
portal-signatory-approves = Para se të dërgohet, aplikimi shënohet gati dhe e miraton kush nënshkruan për organizatën: planifikoni kohë për këtë.
portal-partners-sign = Çdo partner e nënshkruan vetë deklaratën e tij këtu, me ftesën tuaj, para se aplikimi të dërgohet.
portal-location = Vendndodhja
portal-place = Bashkia { $municipality }, Qarku { $county }
portal-results-lede = Çfarë solli çdo raund, me shifra. Përmenden me emër vetëm ata që morën grant.
portal-results-none = Ende nuk është publikuar asnjë raund.
portal-results-title = Rezultatet: { $name }
portal-decided = Vendosur
portal-awarded-money = Shuma e dhënë
portal-result-sentence = { $grants ->
    [one] Një organizatë mori { $money }, në { $reached ->
        [one] një bashki
       *[other] { $reached } bashki
    }.
   *[other] { $grants } organizata morën { $money }, në { $reached ->
        [one] një bashki
       *[other] { $reached } bashki
    }.
} Vendimi u mor më { $day }.
portal-result-waiting = { $received ->
    [0] Raundi u mbyll; nuk erdhi asnjë aplikim.
    [one] Erdhi një aplikim dhe po vlerësohet.
   *[other] Erdhën { $received } aplikime dhe po vlerësohen.
} Rezultatet dalin më së voni më { $when }.
portal-result-open = Raundi pret aplikime deri më { $when }. Rezultatet dalin më pas.
portal-funnel = Nga aplikimi te granti
portal-funnel-received = Aplikime
portal-funnel-passed = Kaluan vlerësimin administrativ
portal-funnel-above = Arritën pikët e nevojshme
portal-funnel-awarded = Morën grant
portal-by-size = Grantet sipas madhësisë
portal-share-awarded = { $share } e dhënë
portal-awarded-list = Kush mori grant
portal-only-awarded = Organizatat që nuk morën grant nuk përmenden.
portal-inside = Shpenzimet, raportet dhe pagesat e këtij projekti
portal-help = Ndihmë
portal-help-lede = Si aplikohet, çfarë të bëni kur diçka nuk ecën, dhe kë pyesni.
portal-help-how = Si aplikohet
portal-help-how-account = Hapni një llogari me e-mailin tuaj. Ju vjen një letër me një lidhje që e konfirmon.
portal-help-how-organisation = Shtoni organizatën me NIPT-in e saj, një herë. Profili i saj përdoret në çdo aplikim.
portal-help-how-draft = Filloni aplikimin te thirrja dhe plotësoni dhjetë pjesët në çfarëdo radhe. Pjesa ruhet me butonat e saj dhe zakonisht edhe vetë ndërsa shkruani; shiriti poshtë ju tregon kur u ruajt për herë të fundit.
portal-help-how-send = Te “Kontrollo dhe dërgo” shihni çfarë mungon. E dërgon pronari i llogarisë ose një nënshkrues i organizatës.
portal-help-how-after = Pas dërgimit ju vjen vërtetimi me numrin e aplikimit. Deri në afat mund ta tërhiqni, ta ndryshoni dhe ta dërgoni përsëri.
portal-help-stuck = Kur diçka nuk ecën
portal-help-stuck-letter = Letra nuk vjen: shihni te postat e padëshiruara, pastaj kërkoni një lidhje të re te hyrja.
portal-help-stuck-password = Nuk e mbani mend fjalëkalimin: te hyrja kërkoni një lidhje me e-mail; fjalëkalimi nuk duhet.
portal-help-stuck-two = Dikush tjetër shkruan në të njëjtën pjesë: puna e të dyve ruhet. Nëse ndryshuat të njëjtën kuti, faqja ju tregon të dyja dhe zgjidhni ju.
portal-help-stuck-signed-out = Hyrja mbaroi ndërsa po shkruanit: teksti mbetet në faqe dhe në pajisjen tuaj; hyni përsëri dhe ai ruhet.
portal-help-stuck-slow = Lidhja është e ngadaltë ose këputet: ajo që shkruani mbetet në pajisjen tuaj derisa të ruhet. Megjithatë, dërgojeni disa orë para afatit.
portal-help-contact = Kë pyesni
portal-help-contact-text = Për thirrjen, kushtet dhe aplikimin tuaj pyesni zyrën e fondit.
portal-privacy = Privatësia
portal-privacy-lede = Çfarë ruhet për ju, kush e sheh dhe sa gjatë.
portal-privacy-what = Çfarë ruhet
portal-privacy-what-person = Për çdo person me llogari: emri, e-maili, telefoni nëse e jepni, gjuha, dhe nga cila pajisje e adresë interneti ka hyrë. Fjalëkalimi ruhet vetëm në një formë që nuk lexohet.
portal-privacy-what-organisation = Për çdo organizatë: profili i saj, me emrat dhe e-mailet e përfaqësuesit dhe të personit të kontaktit.
portal-privacy-what-application = Për çdo aplikim e projekt: gjithçka që shkruani dhe ngarkoni, edhe emrat e ekipit; letrat që ju dërgohen.
portal-privacy-what-log = Një regjistër i veprimeve: kush bëri çfarë dhe kur.
portal-privacy-who = Kush e sheh
portal-privacy-who-draft = Draftin: vetëm ata që shkruajnë për organizatën tuaj.
portal-privacy-who-submitted = Aplikimin e dërguar: zyra e fondit, vlerësuesit e caktuar që kanë deklaruar paanësinë, dhe auditi. Financuesi sheh shifrat e raundeve dhe projektet me grant.
portal-privacy-who-public = Të gjithë: vetëm projektet me grant, me titullin, organizatën, përmbledhjen, vendin dhe shumën.
portal-privacy-who-nobody = Askush tjetër. Faqja nuk ngarkon asgjë nga palë të treta dhe nuk ndjek askënd.
portal-privacy-long = Sa gjatë
portal-privacy-long-sessions = Hyrja juaj mbaron kur dilni, ose pas 30 ditësh pa përdorim (12 orë për ata që punojnë për fondin).
portal-privacy-long-draft = Drafti ruhet derisa ta dërgoni ose ta hidhni. Kur hidhet, teksti i tij fshihet; skedarët e ngarkuar nuk i hap më askush nga faqja.
portal-privacy-long-submitted = Çfarë është dërguar dhe çfarë i përket një granti ruhet për sa kohë fondi duhet t’i japë llogari financuesit; programi nuk e fshin vetë.
portal-privacy-long-log = Regjistri nuk ndryshohet dhe nuk shkurtohet: ai dëshmon si u vendos.
portal-privacy-cookies = Cookies
portal-privacy-cookies-text = Vetëm ato që duhen: për hyrjen, për mbrojtjen e formularëve, për një formular që pret hyrjen tuaj, për njoftimin pas një veprimi, për gjuhën dhe për pamjen. Asnjë nuk ju ndjek.
portal-privacy-rights = Për të parë, ndrequr ose fshirë të dhënat tuaja, shkruajini zyrës së fondit. Emrin, telefonin dhe gjuhën i ndryshoni vetë te llogaria juaj.
portal-none-open = Tani nuk ka thirrje të hapur
portal-none-yet = Thirrja e parë do të shpallet këtu
portal-none-decided = { $projects ->
    [0] Rezultatet u shpallën.
    [one] Grantet u dhanë; tani punon 1 projekt.
   *[other] Grantet u dhanë; nga ky raund janë { $projects } projekte.
}
portal-none-evaluated = Aplikimet po vlerësohen; rezultatet shpallen deri më { $day }. Aplikuesit marrin një letër në çdo hap.
portal-hear = Si ta merrni vesh thirrjen tjetër
portal-hear-text = Thirrja tjetër shpallet në këtë faqe. Organizatave që kanë llogari dhe punojnë në zonë u shkruajmë ditën që hapet.
portal-hear-register = Regjistro organizatën
portal-hear-ask = Pyet zyrën
portal-as-csv = Lista si CSV
portal-starts = Fillon
portal-ends = Mbaron
portal-address = Adresa
portal-calendar = Mbyllet thirrja: { $call }
portal-into-calendar = Vendose afatin në kalendarin tim
portal-for-you = Për ju: { $at }
self-check-title = A mund të aplikojmë?
self-check-lede = Pesë pyetje për thirrjen “{ $call }”, para se të hapni llogari. Përgjigjuni atyre që mundeni; përgjigjet dalin nga të njëjtat rregulla që kontrollojnë aplikimin.
self-check-seat = Bashkia e selisë suaj
self-check-seat-hint = Si në regjistrin e gjykatës.
self-check-place = Bashkia ku do të zbatohej projekti
self-check-place-hint = Nëse janë disa, pyesni për secilën.
self-check-choose = Zgjidhni
self-check-amount = Granti që do të kërkonit, në euro
self-check-months = Kohëzgjatja në muaj
self-check-ask = Shfaq përgjigjen
self-check-back = Kthehu te thirrja
self-check-nothing-kept = Asgjë nga këto nuk ruhet.
self-check-yes = Asgjë nuk ju pengon
self-check-doubt = Mund të aplikoni, por do t’ju pyesnin për diçka
self-check-no = Me këto të dhëna nuk mund të aplikoni
self-check-to-the-call = Vazhdo te thirrja
self-check-form-fits = Thirrja pranon organizata të kësaj forme: { $form }.
self-check-seat-fits = { $place } është brenda zonës së fondit.
self-check-place-fits = Projektet në { $place } mund të financohen.
self-check-place-outside = { $place } është jashtë zonës së { $round }: projekti duhet të zbatohet në një bashki të thirrjes.
self-check-tier-fits = Shuma dhe kohëzgjatja i përshtaten kësaj madhësie: { $tiers }.
self-check-no-tier = Asnjë madhësi granti nuk i përshtatet kësaj shume dhe kohëzgjatjeje. Madhësitë janë: { $sizes }.
self-check-bad-amount = Shkruani shumën me shifra, për shembull 8500.
self-check-bad-months = Shkruani muajt si numër të plotë, për shembull 10.
portal-privacy-who-question = Pyetjen për një thirrje: të gjithë e lexojnë bashkë me përgjigjen, me fjalë nga të cilat zyra ka hequr emrat. Kush ka pyetur, e sheh vetëm zyra.
portal-privacy-long-test = Prova e një formulari fshihet kur e hidhni, dhe më së voni 30 ditë pas mbylljes së thirrjes.
