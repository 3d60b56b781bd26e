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
summaries-started = Filluar
summaries-submitted = Dërguar
summaries-passed = Kaluan vlerësimin administrativ
summaries-evaluated = Vlerësuar
summaries-above = Mbi pragun
summaries-awarded = Fituan grant
summaries-contracted = Kontratë e nënshkruar
summaries-completed = Përfunduar
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
summaries-spent = Shpenzuar deri tani
summaries-accepted-of = { $amount } të raportuara dhe të pranuara
summaries-asked = Kërkuar, €
summaries-paid = Paguar, €
summaries-accepted = Kosto të pranuara, €
summaries-money = Paratë sipas madhësisë, qarkut dhe temës
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
summaries-how-text = Një projekt numërohet një herë, te bashkia dhe tema që përmend i pari. Paratë e një projekti në disa bashki ndahen mes tyre deri në cent. Prandaj çdo tabelë ka të njëjtin numër grantesh dhe të njëjtat shuma. Paguar është ajo që ka dalë nga llogaria e fondit; të pranuara janë kostot që janë raportuar dhe që fondi i ka pranuar.
summaries-indicators = Treguesit e projekteve
summaries-unit = Njësia
summaries-count-of-indicators = Tregues
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
