# Faqja e projektit.
project-month-of = muaji { $month } nga { $months }
project-done-of = { $done } nga { $all }
project-late = { $count ->
    [one] 1 është me vonesë
   *[other] { $count } janë me vonesë
}
project-none-late = asnjë me vonesë
project-paid = Paguar
project-accepted = { $amount } kosto të pranuara
project-on-this-page = Në këtë faqe
project-plan = Plani
project-log = Ditari
project-budget-title = Buxheti dhe kostot
project-legend-nearly = mbi 95%
project-legend-time = koha e kaluar, { $share }
project-heading = Zëri
project-details = Hollësi
project-indicator = Treguesi
project-now = Tani
project-plan-title = Plani dhe ecuria
project-plan-region = Plani sipas muajve, lëviz anash
project-today = sot
project-activity = Aktiviteti
project-months = muajt { $months }
project-report = Raporti
project-settle-text = Raporti përfundimtar u miratua dhe nuk ka më asgjë për t'u paguar. Çka nuk u pagua i kthehet raundit.
project-settle = Mbyll kontratën
project-log-sent = Kontrata u dërgua për nënshkrim
project-log-signed = E nënshkroi përfituesi
project-log-activated = Kontrata hyri në fuqi
project-log-ended = Periudha e zbatimit mbaroi
project-log-closed = Kontrata u mbyll
project-log-submitted = Raporti u dorëzua
project-log-returned = Raporti u kthye me një pyetje
project-log-decided = U vendos për raportin
project-log-approved = Pagesa u miratua nga dy persona
project-log-paid = Pagesa u nis
project-log-confirmed = Pagesa u konfirmua
project-entered-at = { $entered } kur ka kaluar { $time } e kohës
project-legend-entered = përdorur
project-used = Buxheti i përdorur
project-used-without = Regjistruar { $entered }, prej tyre { $refused } nuk u pranuan
