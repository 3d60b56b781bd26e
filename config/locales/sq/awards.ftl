# Renditja dhe vendimi për grantet.
awards-outcome-awarded = Fitues
awards-outcome-reserve = Lista rezervë
awards-outcome-below = Nën kufi
awards-outcome-passed-over = Lënë jashtë
awards-outcome-lapsed = Rënë poshtë
awards-proposed-awarded = Hyn
awards-unchecked = { $count ->
    [one] 1 aplikim është ende në vlerësim administrativ. Vendosni më parë për të.
   *[other] { $count } aplikime janë ende në vlerësim administrativ. Vendosni më parë për to.
}
awards-unsettled = { $count ->
    [one] 1 aplikim i kaluar nuk është vlerësuar ende. Duhen nënshkruar të gjitha fletët.
   *[other] { $count } aplikime të kaluara nuk janë vlerësuar ende. Duhen nënshkruar të gjitha fletët.
}
awards-nothing-ranked = Ende nuk është vlerësuar asnjë aplikim, prandaj s'ka për çfarë të vendoset.
awards-no-reasons = Shkruani arsyet e vendimit. Mbeten në regjistër dhe në procesverbal.
awards-over-cap = { $code }: me këtë grant organizata do të kishte më shumë se sa i jep fondi një organizate. Uleni shumën ose lëreni jashtë, me arsye.
awards-change-below = { $code } është nën kufi, prandaj s'ka çfarë të ndryshohet.
awards-no-note = { $code }: shkruani pse e ndryshoni
awards-above-request = { $code }: granti mund të jetë më i ulët se kërkesa, kurrë më i lartë. E shumta { $requested }
awards-no-amount = { $code }: shkruani një shumë, për shembull 12 500
awards-bad-amount = { $code }: “{ $typed }” nuk është shumë. Shkruani për shembull 12 500,00
awards-unknown-code = Nuk ka aplikim { $code } në renditjen e këtij raundi
awards-twice = { $code } është dy herë. Vendosini të dy ndryshimet në një rresht
awards-not-in-reserve = Ky aplikim nuk është në listën rezervë.
awards-not-first = Një aplikim tjetër është më lart në listën rezervë. Ai ngjitet i pari.
awards-no-money = Ky aplikim kërkon { $amount }; të lira janë { $free }.
awards-reserve-over = Lista rezervë e këtij raundi ka mbaruar.
awards-withdrawn = Ky aplikim është tërhequr.
awards-no-reason = Shkruani arsyen
awards-not-awarded = Ky aplikim nuk është fitues.

awards-title = Renditja dhe vendimi, { $round }
awards-lede = { $evaluated ->
    [one] 1 aplikim i vlerësuar
   *[other] { $evaluated } aplikime të vlerësuara
}, { $eligible } mbi çdo kufi, fondi mbulon { $fit }.
awards-decided-lede = U vendos më { $moment } nga { $name }.
awards-empty = Ende nuk është vlerësuar asnjë aplikim i këtij raundi. Renditja shfaqet me dy fletët e para të nënshkruara.
awards-draft = Pa vendosur
awards-envelope = Fondi i raundit { $amount }
awards-in-grants = { $count ->
    [one] në 1 grant
   *[other] në { $count } grante
}
awards-left = mbeten { $amount }
awards-envelope-label = Çdo grant si pjesë e fondit të raundit, sipas renditjes; është përdorur { $percent }
awards-used = { $percent } e fondit të raundit
awards-tier-sum = { $count } { $tier }, { $amount }
awards-caption = Aplikimet sipas renditjes
awards-column-rank = Vendi
awards-column-application = Aplikimi
awards-column-place = Bashkia
awards-column-readers = Vlerësuesit
awards-column-points = Pikë
awards-column-grant = Granti, €
awards-column-running = Shuma deri këtu, €
awards-column-decision = Vendimi
awards-line = Këtu mbaron fondi i raundit: { $amount }
awards-line-more = Mbeten { $left }; projekti tjetër kërkon { $next }. Më poshtë është lista rezervë.
awards-threshold-line = Duhen { $points } pikë
awards-threshold-more = Nën këtë vijë një aplikim nuk mund të financohet.
awards-gap = { $points } pikë larg njëri-tjetrit
awards-over-cap-tag = Mbi kufirin e organizatës
awards-asked = kërkoi { $amount }
awards-spread-from = { $low } deri { $high }
awards-third = tre vlerësues
awards-waiting-title = Ende jo e plotë
awards-ties-title = Pikët e barabarta
awards-ties = Me pikë të barabarta, i pari është ai me më shumë pikë te: { $sections }. Pastaj kërkesa më e ulët, pastaj dërgimi më i hershëm.
awards-line-rule = Fondi ndahet sipas renditjes, nga lart. Ndalet te aplikimi i parë që nuk mbulohet; asnjë më i vogël më poshtë nuk kalon përpara.
awards-who-title = Kush vendos
awards-director = Drejtori
awards-waiting = Në pritje
awards-decide-title = Vendimi
awards-decide-lede = Renditja vendoset ashtu siç është, me ndryshimet tuaja. Çdo aplikues merr menjëherë letër: fitues, në listën rezervë, ose jo i zgjedhur, me pikët.
awards-changes-title = Ndryshime
awards-changes-hint = Për të dhënë më pak se sa u kërkua, ose për të lënë jashtë një aplikim, shkruani kodin dhe arsyen. Paratë që lirohen shkojnë te i radhës.
awards-change-code = Kodi
awards-change-amount = Shuma, €
awards-change-skip = Lëre jashtë
awards-change-note = Arsyeja
awards-change-row = Ndryshimi { $number }
awards-add-change = Shto një ndryshim
awards-show-effect = Shiko çfarë ndodh
awards-reasons = Arsyet e vendimit
awards-reasons-hint = Për procesverbalin dhe regjistrin. Aplikuesit nuk i lexojnë.
awards-decide = Vendos dhe dërgo letrat
awards-effect-note = Kjo ndodh me ndryshimet tuaja. Ende nuk është vendosur asgjë.
awards-effect-changed = Renditja nuk është ajo që patë. Shiheni siç është tani, pastaj vendosni.
awards-decided-notice = U vendos. Letrat janë nisur.
awards-too-late-title = Vendimi është marrë tashmë
awards-too-late = { $name } vendosi për këtë raund më { $moment }. Çfarë shkruat nuk ndryshoi asgjë.
awards-reasons-title = Arsyet
awards-promote-title = Ngjitja nga lista rezervë
awards-promote-lede = Janë të lira { $free }. { $code } është i pari në listën rezervë dhe kërkon { $amount }. Lista vlen deri më { $until }.
awards-promote = Jepi grant { $code }
awards-promoted-notice = Granti u dha. Aplikuesi ka marrë letër.
awards-promote-reason = Arsyeja
awards-promote-hint = Pse u lirua shuma. Mbetet në regjistër.
awards-promote-over = Lista rezervë mbaroi më { $until }: nuk kalon më askush. Mbeten të lira { $free }.
awards-withdrawn-note = Aplikimi u tërhoq më { $day }, para kontratës.
awards-awaited = { $count ->
    [one] 1 aplikim ka afat të vetin që nuk ka kaluar. Prisni derisa të kalojë.
   *[other] { $count } aplikime kanë afat të tyren që nuk ka kaluar. Prisni derisa të kalojë.
}
awards-gap-one = 1 pikë larg njëri-tjetrit
awards-change-note-hint = Aplikuesi e lexon fjalë për fjalë në letrën e vet.
