# Fjalët e afateve të shtyra.
deadline-title = Afati
deadline-is = Thirrja mbyllet më { $at }, ora e Tiranës.
deadline-was = Thirrja u mbyll më { $at }, ora e Tiranës.
deadline-was-published = Ishte publikuar me afat { $from }.
deadline-decisions = Çfarë u vendos
deadline-none = Afati është ai që u publikua. Askujt nuk iu dha më shumë kohë.
deadline-for-whom = Për kë
deadline-for-all = Për të gjithë
deadline-for-one = Për një aplikant
deadline-what = Çfarë
deadline-by = Vendosi
deadline-extend = Shtyj afatin
deadline-extend-help = Vetëm sa kohë thirrja është e hapur dhe vetëm për më vonë. Për të gjithë: kushdo që u njoftua për thirrjen ose ka nisur të aplikojë merr një letër me arsyen. Për një aplikant: letrën e merr vetëm ai.
deadline-extend-one-help = Thirrja është mbyllur. Më shumë kohë mund t'i jepet vetëm një aplikanti që ka afat të vetin, kur ai nuk ka kaluar.
deadline-nipt = NIPT-i i aplikantit
deadline-nipt-hint = Vetëm për një aplikant, siç e ka shkruar në kërkesën e tij. Zyra nuk sheh asnjë draft.
deadline-until = Afati i ri
deadline-tirana-time = Dita dhe ora, me orën e Tiranës
deadline-reason-hint = Aplikantët e lexojnë fjalë për fjalë: 10 deri në 1 000 shkronja.
deadline-reason-is = Arsyeja: { $reason }
deadline-extended = Afati u shty nga { $before } në { $until }.
deadline-graced = Për shkak të një ndërprerjeje nga { $from } deri më { $to }, aplikimet e nisura para afatit pranohen deri më { $at }. Të reja nuk mund të nisen.
deadline-was-extended = Afati tani është { $until }. { $letters ->
    [0] Nuk kishte kujt t'i shkruhej.
    [one] Një letër është nisur.
   *[other] { $letters } letra janë nisur.
}
deadline-choose-whom = Zgjidhni për kë është afati i ri.
deadline-nipt-for-all = Keni shkruar një NIPT: zgjidhni “Për një aplikant”, ose fshijeni.
deadline-was-graced = { $count ->
    [one] Një aplikim mund të dërgohet deri më { $until }.
   *[other] { $count } aplikime mund të dërgohen deri më { $until }.
}
deadline-is-submitted = Kjo organizatë e ka dërguar aplikimin. Nuk i duhet më shumë kohë; për ta ndryshuar, më parë e tërheq.
deadline-has-passed = Afati i tyre ishte { $at }. Pas tij askujt nuk mund t'i jepet më shumë kohë; për një ndërprerje te ne ka afat shtesë.
deadline-too-long = Nuk pritet më gjatë se { $days } ditë pas afatit: më së voni { $last }.
deadline-no-application = Asnjë organizatë me këtë NIPT nuk ka nisur aplikim në { $round }.
deadline-grace-title = Afat shtesë pas një ndërprerjeje
deadline-grace-help = Kur faqja jonë nuk hapej në orët e fundit, ajo që u nis para afatit dhe nuk u dërgua mund të pranohet deri në një afat të ri. Asgjë e re nuk mund të niset dhe ajo që mbërriti në kohë mbetet siç është.
deadline-grace-decide = Vendos afat shtesë
deadline-grace-rules = Thirrja u mbyll më { $closed }. Ndërprerja duhet të ketë rënë në { $hours } orët para kësaj. Afati i ri është më së shumti { $days } ditë pas tij. Kushdo që i jepet kohë merr një letër me arsyen.
deadline-grace-not-closed = Thirrja nuk është mbyllur. Sa kohë është e hapur, shtyni afatin.
deadline-grace-decided = Vendimi për grantet e këtij raundi është marrë, prandaj nuk mund të pranohet më asgjë.
deadline-grace-nobody = Asnjë aplikim nuk mbeti pa u dërguar, prandaj s'ka kujt t'i jepet kohë.
deadline-grace-past = Afati i ri ka kaluar. Shkruani një që nuk ka ardhur ende.
deadline-outage-from = Ndërprerja filloi
deadline-outage-until = Ndërprerja mbaroi
deadline-outage-missing = Shkruani kur filloi dhe kur mbaroi ndërprerja.
deadline-outage-backwards = Ndërprerja mbaroi para se të fillonte.
deadline-outage-goes-on = Ndërprerja nuk ka mbaruar. Vendosni kur të ketë mbaruar.
deadline-outage-elsewhere = Kjo ndërprerje nuk ra në { $hours } orët para afatit, { $closed }.
deadline-documented = Çfarë ndodhi dhe si është dokumentuar
deadline-why = Pse?
application-calendar = Afati i aplikimit: { $round } ({ $organisation })
