# Applications: rules.
application-enough-of-them = In { $round } an organisation may hand in { $most ->
    [one] one application; yours
   *[other] { $most } applications; yours
} already has as many. Open it under “My applications”.
application-round-cancelled = { $round } was cancelled and takes no applications.
application-too-early = { $round } opens on { $at }.
application-too-late = { $round } closed on { $closed }. On our clock it is { $now }, Tirana time, so nothing was handed in.
application-is-submitted = This application has been submitted and can no longer be changed.
application-is-withdrawn = This application was withdrawn. Take it up again to go on with it.
application-not-submitted = Only an application that has been submitted can be withdrawn.
application-not-withdrawn = Only an application that was withdrawn can be taken up again.
application-fill-in = Fill in “{ $field }”.
application-too-long = Shorten “{ $field }”: it has { $length } characters, and { $most } fit.
application-no-email = Write an e-mail address under “{ $field }”, for example zyra@organizata.al.
application-no-number = Write a whole number under “{ $field }”, for example 40.
application-no-amount = Write an amount in euros under “{ $field }”, for example 12,400.00.
application-no-nipt = Write the partner's NIPT: a letter, eight digits and a letter, for example K61827501A.
application-no-place = Choose a municipality from the list.
application-wrong-legal-form = This call is not open to organisations of your legal form.
application-choose-tier = Choose the size of the grant.
application-months-in-tier = A grant of size “{ $tier }” runs from { $least } to { $most } months: write how many.
application-choose-themes = Choose { $most ->
    [one] one theme
   *[other] from one to { $most } themes
} of the call.
application-choose-municipalities = Choose at least one municipality where the project takes place.
application-place-outside = { $place } is outside the area of { $round }: choose municipalities from the list.
application-no-start = Write the day on which you wish to start, for example 2018-01-01.
application-early-start = The start must be after { $day }, when the call closes.
application-no-risk = Name at least one risk, and what you will do about it.
application-three-projects = Keep the three projects that are most like this one.
application-no-team = Name at least one person of the team.
application-no-time = Write the person's share of working time as a percentage from 1 to 100.
application-add-document = Add the document “{ $document }”.
application-add-document-of = Add the document “{ $document }” of { $partner }.
application-declare = Declare: { $wording }
# Labels of fields.
application-org-registration = Court decision or entry in the register
application-org-registered-on = Date of registration
application-org-address = Address
application-org-phone = Phone
application-org-email = E-mail
application-org-representative = Legal representative
application-org-representative-position = Position of the legal representative
application-org-representative-email = E-mail of the legal representative
application-org-contact = Contact person
application-org-contact-email = E-mail of the contact person
application-org-mission = Mission and fields of work
application-org-finances = Bookkeeping and audit
application-partner-name = Partner's name
application-partner-nipt = Partner's NIPT
application-partner-municipality = Partner's municipality
application-partner-representative = Partner's representative
application-partner-email = Partner's e-mail
application-partner-role = What the partner does in the project
application-title = Title of the project
application-tier = Size of the grant
application-months = Duration in months
application-themes = Themes
application-municipalities = Municipalities
application-starts-on = Wished start
application-summary-sq = Summary in Albanian
application-summary-en = Summary in English
application-problem = Problem and needs
application-target-groups = Target groups
application-women = Women among them
application-men = Men among them
application-beneficiaries = Final beneficiaries
application-methodology = Methodology and roles
application-monitoring = Monitoring and evaluation
application-sustainability = Sustainability
application-added-value = Added value
application-visibility = Visibility plan
application-risk = Risk
application-mitigation = What you will do about it
application-project-title = Title of the earlier project
application-project-donor = Donor
application-project-amount = Amount in euros
application-project-years = Years
application-project-role = Your role
application-member-name = Name
application-member-role = Role in the project
application-member-time = Share of working time, in %
application-declared-by = Name of the person who declares
application-declared-as = Position
application-conflicts = Ties to people of the fund or the evaluation
application-other-funding = Other requests and grants for the same action
