# Fjalët e asaj që ndryshon në një thirrje kur ajo është publike.
corrigendum-title = Çfarë ka ndryshuar
corrigendum-lede = Gjithçka që ka ndryshuar në këtë thirrje që kur u publikua, me arsyen. Kush ka nisur një aplikim ose ka pyetur, është njoftuar me letër.
corrigendum-none = Në këtë thirrje nuk ka ndryshuar asgjë që kur u publikua.
corrigendum-number = Korrigjimi { $number }
corrigendum-reason = Arsyeja: { $reason }
corrigendum-what = Çfarë
corrigendum-change = Ndryshimi
corrigendum-removed = u hoq:
corrigendum-inserted = u shtua:
corrigendum-deadline = Afati
corrigendum-latest = Kjo thirrje u ndryshua më { $day }. { $reason }
corrigendum-all = Lexoni çfarë ka ndryshuar ({ $count })
corrigendum-made-by = Publikuar nga { $name }, { $at }
corrigendum-correct = Korrigjo këtë thirrje
corrigendum-correct-help = Dërgoni skedarin e programit me raundin e ndryshuar. Së pari shihni çfarë ndryshon; asgjë nuk bëhet publike para se të thoni pse dhe ta publikoni. Afati shtyhet në faqen e vet.
corrigendum-file = Skedari i ndryshuar i programit
corrigendum-look = Shfaq çfarë ndryshon
corrigendum-would-change = { $count ->
    [one] Një ndryshim
   *[other] { $count } ndryshime
}
corrigendum-why = Pse?
corrigendum-publish = Publiko korrigjimin
corrigendum-publish-help = Vlen menjëherë. Kushdo që ka nisur një aplikim ose ka pyetur merr një letër me çdo ndryshim.
corrigendum-was-published = Korrigjimi { $number } u publikua. { $letters ->
    [0] Nuk kishte kujt t'i shkruhej.
    [one] Një letër është nisur.
   *[other] { $letters } letra janë nisur.
}
corrigendum-no-file = Zgjidhni skedarin e programit: një skedar teksti në TOML.
corrigendum-fault = Rreshti { $line }: { $text }
corrigendum-other-fund = Ky skedar thotë gjëra të tjera për vetë fondin. Zyra korrigjon vetëm një thirrje; fondin e importon kush mirëmban programin.
corrigendum-no-round = Ky skedar nuk ka raund { $code }.
corrigendum-only-open = Një thirrje korrigjohet vetëm kur është publike dhe nuk është mbyllur: aplikimet janë bërë sipas kushteve siç janë.
corrigendum-deadline-elsewhere = Afati është { $closes }. Ai shtyhet në faqen e vet, me arsyen e vet, jo me një skedar të ndryshuar.
corrigendum-is-opened = Dita e hapjes nuk ndryshon më pasi thirrja është hapur, dhe nuk mund të vihet në të shkuarën.
corrigendum-questions-earlier = Pyetjet u premtuan deri më { $until }: kjo mund të bëhet vetëm më vonë.
corrigendum-nothing-changed = Skedari nuk thotë për këtë raund asgjë tjetër nga ç'është në fuqi.
corrigendum-narrows = “{ $what }” heq diçka, ndërkohë që { $submitted ->
    [one] ka mbërritur një aplikim që mund të mbështetet
   *[other] kanë mbërritur { $submitted } aplikime që mund të mbështeten
} në të. Pasi kanë mbërritur aplikime, kushtet vetëm zgjerohen.
corrigendum-last-days = Nga { $from } e tutje aplikantët nuk kanë më kohë të ndjekin një ndryshim të asaj që thotë aplikimi. Shtyni së pari afatin, pastaj korrigjoni thirrjen.
corrigendum-order = renditja
corrigendum-name = emri
corrigendum-purpose = Qëllimi
corrigendum-hint = shpjegimi
corrigendum-at-least = granti, të paktën
corrigendum-at-most = granti, më së shumti
corrigendum-months-least = kohëzgjatja, të paktën
corrigendum-months-most = kohëzgjatja, më së shumti
corrigendum-as-call = si për gjithë thirrjen
corrigendum-languages = Gjuhët
corrigendum-most-themes = Llojet e aktiviteteve që mund të zgjedhë një aplikim
corrigendum-per-organisation = Aplikime për organizatë
corrigendum-trainings = Trajnimet
corrigendum-days-before = { $days } ditë para afatit ({ $until })
corrigendum-results = Rezultatet pas afatit
corrigendum-reserve-days = Lista rezervë vlen
corrigendum-model = gati për t’u printuar e nënshkruar
corrigendum-evaluators-read = e lexojnë vlerësuesit
corrigendum-check-reason = arsyeja në letër
corrigendum-threshold = pikë që duhen
corrigendum-weight = pesha
corrigendum-part = pjesa që lexohet
corrigendum-anchors = çfarë do të thonë pikët
corrigendum-comment-at = pikë që duan shpjegim
corrigendum-readers = vlerësues
corrigendum-gap = vlerësues i tretë kur ndryshojnë me
corrigendum-tie-breaks = çfarë vendos kur pikët janë të barabarta
corrigendum-evaluators-days = koha e vlerësuesve
corrigendum-signature = Tekstin e miraton së pari kush nënshkruan për organizatën
corrigendum-partners-sign = Çdo partner nënshkruan deklaratën e vet
corrigendum-partner-declaration = Çfarë deklaron një partner
corrigendum-kinds = llojet e skedarëve
corrigendum-megabytes = një skedar, më së shumti
corrigendum-validity = duhet të jetë i vlefshëm ditën e mbylljes
