# Tabela e zyrës, letrat dhe regjistri.
board-title = Tabela e raundit
board-lede-open = { $count ->
    [one] Deri tani 1 aplikim. Thirrja është e hapur deri më { $closes }.
   *[other] Deri tani { $count } aplikime. Thirrja është e hapur deri më { $closes }.
}
board-lede-closed = { $count ->
    [one] 1 aplikim. Thirrja është mbyllur.
   *[other] { $count } aplikime. Thirrja është mbyllur.
}
board-lede-opens = Thirrja është publikuar dhe hapet më { $opens }; mbyllet më { $closes }.
board-lede-draft = Thirrja është draft dhe nuk është publikuar ende. Parashikohet të hapet më { $opens } dhe të mbyllet më { $closes }.
board-lede-cancelled = { $count ->
    [one] 1 aplikim. Thirrja u anulua.
   *[other] { $count } aplikime. Thirrja u anulua.
}
board-closed = Thirrja u mbyll
board-export = Ruaj si CSV
board-check-next = Kontrollo tjetrin
board-stages = Fazat e raundit
board-stage-call = Thirrja
board-stage-check = Vlerësimi administrativ
board-stage-evaluation = Vlerësimi
board-stage-award = Dhënia e granteve
board-stage-contracts = Kontratat
board-stage-projects = Projektet
board-until = deri më { $day }
board-by = deri më { $day }
board-part = { $part } nga { $whole }
board-projects = { $running } në zbatim, { $over } të mbaruara
board-submitted = Të dërguara
board-of-started = nga { $started } të filluara
board-checked = Të kontrolluara
board-passed-and-not = { $passed } kaluan, { $not } nuk kaluan
board-waiting = Në pritje të përgjigjes
board-due-soon = { $count ->
    [0] asnjë me afat deri nesër
    [one] 1 me afat deri nesër
   *[other] { $count } me afat deri nesër
}
board-asked-for = Shuma e kërkuar
board-times = { $times } herë sa { $envelope }
board-queue = Aplikimet
board-search = Kërko sipas numrit, organizatës ose titullit
board-search-hint = R3-17, organizata, titulli
board-filter = Filtro sipas gjendjes
board-empty = Në këtë gjendje nuk ka ende asnjë aplikim.
board-found-nothing = Nuk u gjet asgjë për “{ $search }”. Provo një pjesë të emrit ose numrin.
board-application = Aplikimi
board-municipality = Bashkia
board-checklist = Lista e kontrollit
board-state = Gjendja
board-with = E ka
board-withdrawn = Të tërhequra
board-arrived = Mbërriti
board-nobody = Ende askush
board-due-past = afati mbaroi
board-by-urgency = Më të ngutshmit në fillim: çfarë pret prej më shumë kohësh, pastaj çfarë e ka afatin më afër.
board-to-code = Rendit sipas numrit
board-by-code = Sipas numrit.
board-to-urgency = Rendit sipas ngutësisë
board-rows = { $first } deri në { $last } nga { $total }
board-aside = Afatet, rrjedha, ngarkesa
board-deadlines = Afatet
board-closes = Mbyllet thirrja
board-answers-due = { $count ->
    [one] 1 përgjigje nga një aplikant
   *[other] { $count } përgjigje nga aplikantët
}
board-funnel = Rrjedha deri tani
board-funnel-started = Të filluara
board-funnel-submitted = Të dërguara
board-funnel-checked = Të kontrolluara
board-funnel-passed = Kaluan
board-funnel-evaluated = Të vlerësuara
board-funnel-above = Mbi pragun
board-funnel-awarded = Të përzgjedhura
board-funnel-contracted = Me kontratë
board-work = Kush çfarë ka
board-places = Sipas bashkisë
board-places-of = { $submitted ->
    [one] 1 aplikim nga { $places } prej { $all } bashkive.
   *[other] { $submitted } aplikime nga { $places } prej { $all } bashkive.
}
board-places-without = Asnjë nga { $names }.
letters-lede = Çdo letër që fondi vendosi të dërgojë, çfarë u bë me të dhe teksti i saj i saktë.
letters-empty = Këtu nuk ka letra.
letters-subject = Subjekti
letters-to = Për
letters-when = U vendos
letters-sent = U dërgua
letters-code = Lloji
letters-attempts = Përpjekje
letters-answer = Përgjigjja e serverit të postës
letters-body = Letra
letters-try-again = Provo përsëri
letters-tried-again = Letra pret provën tjetër.
letters-state-waiting = Në pritje
letters-state-sent = E dërguar
letters-state-failed = Nuk u dorëzua
letters-reason-not-failed = Vetëm një letër që nuk u dorëzua mund të provohet përsëri.
log-title = Regjistri
log-lede = Kush çfarë bëri dhe kur. Çdo shënim mban gjurmën e shënimit të mëparshëm, prandaj asnjë nuk ndryshohet dhe nuk hiqet pa u vënë re.
log-check = Kontrollo zinxhirin
log-whole = U kontrollua tani, më { $at }: zinxhiri është i paprekur, çdo shënim është siç u shkrua.
log-broken = Zinxhiri është i këputur te shënimi { $seq }. Që andej e tutje regjistri nuk është i besueshëm.
log-empty = Ende nuk ka ndodhur asgjë.
log-number = Shënimi
log-who = Kush
log-what = Çfarë
log-seal = Gjurma
board-assignments = Vlerësuesit
board-ranking = Renditja
log-who-hint = Personi
log-anybody = Të gjithë
log-about = Kodi i aplikimit, projektit ose raundit
log-kind = Çfarë ndodhi
log-any-kind = Gjithçka
log-from = Nga data
log-until = Deri më
log-rows = { $first } deri { $last } nga { $total }
log-no-such-code = Fondi nuk ka asgjë me kodin «{ $code }». Shkruani kodin ashtu si te aplikimi, p.sh. R1-22.
log-found-nothing = Asnjë shënim nuk përputhet. Hiqni një nga filtrat.
log-numbers = Numri është vendi i shënimit në zinxhirin e gjithë instalimit: edhe llogaritë e njerëzve dhe fondet e tjera shkruajnë në të, prandaj numrat e një fondi kërcejnë. Një shënim i hequr do ta këpuste zinxhirin.
log-walked = Zinxhiri u kontrollua i tëri më { $at } dhe ishte i pandërprerë.
log-not-walked = Zinxhiri nuk është kontrolluar ende; kontrollohet çdo ditë.
log-of-it = Vetëm këto
log-raw = Shënimi i plotë, si u ruajt
log-when = Kur
desk-title = Çfarë ju pret
desk-nothing = Tani nuk ju pret asgjë.
desk-public = Faqja publike e fondit
desk-check = Aplikime për t’u kontrolluar
desk-decide-check = Propozime të vlerësimit administrativ për vendim
desk-third-reader = Aplikime që duan një vlerësues të tretë
desk-award = Dhënia e granteve për vendim
desk-send-contract = Kontrata për t’u dërguar
desk-countersign = Kontrata për nënshkrimin tuaj
desk-decide-report = Raporte për vendim
desk-approve-first = Pagesa për miratimin e parë
desk-approve-second = Pagesa për miratimin e dytë
desk-send-money = Pagesa për t’u dërguar
