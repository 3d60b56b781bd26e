# Përmbledhja e raundit për financuesin.
summaries-title = { $round }, shkurt
summaries-lede = { $grants ->
    [one] Një grant
   *[other] { $grants } grante
} në { $places ->
    [one] një bashki
   *[other] { $places } bashki
}, { $granted } gjithsej. Shifrat janë të datës { $at }.
summaries-funnel = Nga fillimi te granti
summaries-started = Të filluara
summaries-submitted = Të dërguara
summaries-passed = Kaluan vlerësimin administrativ
summaries-evaluated = Të vlerësuara
summaries-above = Mbi pragun
summaries-awarded = Fituan grant
summaries-contracted = Me kontratë të nënshkruar
summaries-completed = Të përfunduara
summaries-funnel-note = Përqindjet janë pjesë e hapit të mëparshëm.
summaries-withdrawn = { $count ->
    [one] Një aplikim u tërhoq; numërohet
   *[other] { $count } aplikime u tërhoqën; numërohen
} vetëm te të filluarat.
summaries-applications = Aplikime
summaries-from-places = nga { $count ->
    [one] një bashki
   *[other] { $count } bashki
}
summaries-grants = Grante
summaries-of-applications = { $share } e aplikimeve
summaries-granted = Dhënë, €
summaries-granted-figure = Dhënë
summaries-of-envelope = { $share } e fondit të raundit
summaries-asked = Kërkuar, €
summaries-paid = Paguar, €
summaries-accepted = Kosto të pranuara, €
summaries-money = Grantet dhe shumat sipas madhësisë, qarkut dhe temës
summaries-by-tier = Sipas madhësisë
summaries-by-county = Sipas qarkut
summaries-by-municipality = Sipas bashkisë
summaries-by-theme = Sipas temës
summaries-by-heading = Kostot sipas zërave
summaries-tier = Madhësia
summaries-county = Qarku
summaries-municipality = Bashkia
summaries-theme = Tema
summaries-heading = Zëri
summaries-planned = Planifikuar, €
summaries-share = Pjesa
summaries-all = Gjithsej
summaries-where = Ku
summaries-map-title = Harta: grantet e këtij raundi në çdo bashki
summaries-no-grants = Ende pa grante
summaries-legend = Grante
summaries-legend-none = asnjë
summaries-legend-more = 5 ose më shumë
summaries-how = Si numërohet
summaries-how-text = Një projekt numërohet një herë, te bashkia dhe tema që përmend i pari. Shumat e një projekti në disa bashki ndahen mes tyre deri në cent. Prandaj çdo tabelë ka të njëjtin numër grantesh dhe të njëjtat shuma. E paguar është ajo që ka dalë nga llogaria e fondit; të pranuara janë kostot që projektet i kanë raportuar dhe që fondi i ka pranuar.
summaries-indicators = Treguesit e projekteve
summaries-count-of-indicators = Tregues
summaries-baseline = Vlera fillestare
summaries-indicator-name = Treguesi
summaries-unit = Njësia
summaries-progress-percent = Ecuria, %
summaries-indicator-count = Tregues
summaries-indicators-csv = Treguesit si CSV
summaries-target = Synimi
summaries-now = Tani
summaries-progress = Ecuria
summaries-reached = Të arritur
summaries-reporting = Projekte që raportojnë
summaries-reached-of = { $reached } nga { $count }
summaries-not-added = nuk mblidhen
summaries-no-indicators = Asnjë projekt nuk e ka nënshkruar ende kontratën, prandaj nuk ka çfarë të matet.
summaries-no-costs = Ende pa kosto: shfaqen kur nënshkruhen kontratat.
summaries-not-named = pa përcaktuar
summaries-table = Tabela
summaries-line = Rreshti
summaries-csv = Përmbledhja në CSV
summaries-applications-csv = Aplikimet në CSV
summaries-accepted-figure = Kosto të pranuara
summaries-accepted-share = { $share } e granteve
summaries-indicator = Treguesi dhe njësia
summaries-indicators-note = Çdo tregues me njësinë e vet, në gjuhën në të cilën e shkroi projekti. Mblidhen vetëm vlerat e të njëjtit tregues me të njëjtën njësi.
summaries-in-the-other-language = në anglisht
summaries-one-by-one = Grantet një nga një
summaries-one-by-one-note = Nga këto rreshta dalin të gjitha shumat më sipër. Çdo titull çon te kontrata dhe projekti: aty janë kostot me dokumentet e tyre dhe kush vendosi.
summaries-project = Projekti
summaries-grants-csv = Grantet si CSV
summaries-costs-csv = Kostot si CSV
summaries-payments-csv = Pagesat si CSV
summaries-entered-by = Regjistruar nga
summaries-entered-at = Regjistruar më
summaries-decided-by = Vendosur nga
summaries-decided-at = Vendosur më
summaries-address = Adresa
summaries-approved-at = Miratuar më
summaries-lede-none = Ende asnjë grant. Shifrat janë të datës { $at }.
summaries-payments-list = Pagesat një nga një
