# Aplikimet: rregullat.
application-enough-of-them = Në { $round } një organizatë mund të dorëzojë { $most ->
    [one] një aplikim; juaja
   *[other] { $most } aplikime; juaja
} i ka tashmë. Hapeni te “Aplikimet e mia”.
application-round-cancelled = { $round } u anulua dhe nuk pranon aplikime.
application-too-early = { $round } hapet më { $at }.
application-too-late = { $round } u mbyll më { $closed }. Në orën tonë është { $now }, ora e Tiranës, prandaj nuk u dorëzua asgjë.
application-is-submitted = Ky aplikim është dërguar dhe nuk mund të ndryshohet më.
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
application-wrong-legal-form = Kjo thirrje nuk është e hapur për organizata me formën tuaj ligjore.
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
application-org-registered-on = Data e regjistrimit
application-org-address = Adresa
application-org-phone = Telefoni
application-org-email = E-maili
application-org-representative = Përfaqësuesi ligjor
application-org-representative-position = Pozicioni i përfaqësuesit ligjor
application-org-representative-email = E-maili i përfaqësuesit ligjor
application-org-contact = Personi i kontaktit
application-org-contact-email = E-maili i personit të kontaktit
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
