//! One grant from the fund's file to the funder's summary, through pages and letters only, as people walk it.
use crate::visitor::pdf;
use crate::{Answered, Visitor, World, typed};
use std::cell::RefCell;
use subgrant::accounts::second_factor::code_at;
use subgrant::kernel::{Actor, Lang, Role};
use subgrant::workflow::outbox::Posted;
use subgrant::workflow::perform;

/// Somebody with a mailbox, a browser, and, if the fund gave them a role, a telephone with codes.
struct Person<'w> {
    world: &'w World,
    email: &'static str,
    browser: RefCell<Visitor>,
    secret: RefCell<String>,
}

impl<'w> Person<'w> {
    fn new(world: &'w World, email: &'static str) -> Self {
        Self { world, email, browser: RefCell::new(world.stranger()), secret: RefCell::default() }
    }
    fn here(&self) -> Visitor {
        self.browser.borrow().clone()
    }
    #[track_caller]
    fn reads(&self, page: &str) -> Answered {
        self.here().get(page).expect(200)
    }
    /// The newest letter of this kind in the mailbox.
    #[track_caller]
    fn letter(&self, code: &str) -> Posted {
        let mine: Vec<Posted> = self.world.letters().into_iter().filter(|letter| letter.recipient == self.email).collect();
        let codes: Vec<String> = mine.iter().map(|letter| letter.code.clone()).collect();
        mine.into_iter().rfind(|letter| letter.code == code).unwrap_or_else(|| panic!("no {code} to {} among {codes:?}", self.email))
    }
    /// The same, which must begin with the application's number; the link that it prints.
    #[track_caller]
    fn link_in(&self, code: &str, number: &str) -> String {
        let letter = self.letter(code);
        assert!(letter.subject.starts_with(&format!("{number}:")), "{code}: {}", letter.subject);
        link(self.world, &letter)
    }
    /// Fills in the form of a page that posts to `form`, box by box, and presses a button; every box must be there.
    #[track_caller]
    fn fills_in(&self, page: &str, form: &str, boxes: &[(&str, &str)], button: (&str, &str)) -> Answered {
        self.fills_in_and_sends(page, form, form, boxes, button)
    }
    /// The same with a button that sends the form elsewhere.
    #[track_caller]
    fn fills_in_and_sends(&self, page: &str, form: &str, to: &str, boxes: &[(&str, &str)], button: (&str, &str)) -> Answered {
        let page = self.reads(page);
        let mut fields = page.fields_of(form);
        for (name, _) in boxes {
            assert!(page.has(&format!("form[action=\"{form}\"] [name=\"{name}\"]")), "no box {name} in the form of {form}");
        }
        fields.retain(|(name, _)| !boxes.iter().any(|(filled, _)| filled == name));
        fields.extend(boxes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if !button.0.is_empty() {
            fields.push((button.0.to_owned(), button.1.to_owned()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.here().post_as_is(to, &fields)
    }
    /// Presses the only button of a form without boxes.
    #[track_caller]
    fn presses(&self, page: &str, form: &str) -> Answered {
        self.fills_in(page, form, &[], ("", "")).expect(303)
    }
    /// Comes back after some days: a link by letter, and a code where there is a second factor.
    fn comes_back(&self) {
        *self.browser.borrow_mut() = self.world.stranger();
        self.here().post("/sign-in/link", &[("email", self.email)]).expect(303);
        self.here().post(&link(self.world, &self.letter("E00")), &[]).expect(303);
        self.shows_the_code();
        self.reads("/account");
    }
    fn shows_the_code(&self) {
        let known = self.secret.borrow().clone();
        let page = self.here().get("/sign-in/code");
        if page.status != 200 {
            return;
        }
        let secret = if known.is_empty() { page.text("code.secret").replace(' ', "") } else { known };
        self.here().post("/sign-in/code", &[("code", &code_at(&secret, self.world.now()).unwrap())]).expect(303);
        *self.secret.borrow_mut() = secret;
    }
}

/// The address that a letter prints, from its `/` on.
fn link(world: &World, letter: &Posted) -> String {
    let text = &letter.text_body;
    let at = text.find(&world.address).unwrap_or_else(|| panic!("no link in {text}"));
    text[at + world.address.len()..].split_whitespace().next().unwrap().to_owned()
}

/// A day comes, time does what is due, and these people sit down at their desks.
fn day(world: &World, day: &str, people: &[&Person<'_>]) {
    world.at(&format!("{day}T10:00"));
    world.wait(subgrant::worker::look_at_clocks(&world.app.desk)).unwrap();
    people.iter().for_each(|person| person.comes_back());
}

/// The installation's first administrator comes with a link from the command line.
fn first_administrator<'w>(world: &'w World, email: &'static str) -> Person<'w> {
    let person = Person::new(world, email);
    let link = perform(&world.app.desk, &Actor::system(), |act| {
        subgrant::programmes::actions::add_user(act, email, "Ana Marku", Lang::En, None, Some(Role::Administrator))
    })
    .unwrap();
    let link = link.trim_start_matches(&world.address);
    person.here().post(link, &[]).expect(303);
    person.shows_the_code();
    person
}

/// Invited by the administrator, the letter's link followed, an account made, a second factor set up.
fn joins<'w>(administrator: &Person<'w>, name: &str, email: &'static str, role: &str) -> Person<'w> {
    let people = "/pact/people";
    administrator.fills_in(people, people, &[("email", email), ("role", role)], ("", "")).expect(303);
    let person = Person::new(administrator.world, email);
    let link = link(administrator.world, &person.letter("E00c"));
    // The link opens in the letter's language; the form goes to the address itself.
    let form = link.split('?').next().unwrap();
    person.fills_in(&link, form, &[("name", name), ("language", "en")], ("", "")).expect(303);
    person.shows_the_code();
    person.reads("/account");
    person
}

/// Signs up, confirms by the letter's link, registers her organisation and fills in its profile; the profile's address.
fn signs_up_with_her_organisation(arta: &Person<'_>) -> String {
    let name = [("name", typed::NAME), ("email", arta.email), ("language", "en")];
    arta.fills_in("/sign-up", "/sign-up", &name, ("", "")).expect(303);
    let confirm = link(arta.world, &arta.letter("E00a"));
    arta.fills_in(&confirm, &confirm, &[("password", typed::PASSWORD)], ("", "")).expect(303);
    let profile = arta.fills_in("/organisations/new", "/organisations/new", typed::ORGANISATION, ("", "")).expect(303).location.unwrap();
    let profile = profile.split('?').next().unwrap().to_owned();
    let boxes = [typed::PROFILE, &typed::TURNOVER].concat();
    arta.fills_in(&profile, &profile, &boxes, ("", "")).expect(303);
    profile
}

/// Types every part of the application into its form, with the buttons that add rows.
fn writes_the_application(arta: &Person<'_>, application: &str) {
    let at = |part: &str| format!("{application}/{part}");
    let part = |part: &str, boxes: &[(&str, &str)], button: (&str, &str)| arta.fills_in(&at(part), &at(part), boxes, button).expect(303);
    let theme = arta.reads(&at("summary")).attributes("[name=themes]", "value").remove(0);
    let summary = [typed::SUMMARY, &[("themes", theme.as_str())]].concat();
    assert!(part("summary", &summary, ("go", "next")).location.unwrap().ends_with("/description"));
    part("description", &[], ("add", "risks"));
    part("description", typed::DESCRIPTION, ("go", "next"));
    for what in typed::ROWS {
        part("logframe", &[], ("add", what));
    }
    let logframe = typed::logframe();
    let boxes: Vec<(&str, &str)> = logframe.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    part("logframe", &boxes, ("go", "next"));
    part("plan", typed::PLAN, ("go", "next"));
    for heading in typed::HEADINGS {
        part("budget", &[], ("add", heading));
    }
    part("budget", typed::BUDGET, ("go", "sum"));
    part("budget", &[], ("fill", "indirect"));
    part("capacity", &[], ("add", "projects"));
    part("capacity", &[], ("add", "team"));
    part("capacity", typed::CAPACITY, ("go", "next"));
    let papers = at("attachments");
    for document in arta.reads(&papers).attributes("input[name=document]", "value") {
        arta.here().upload(&papers, &[("document", &document)], (&document, &format!("{document}.pdf"), pdf(&document))).expect(303);
    }
    let sentences = arta.reads(&at("declarations")).attributes("[name=agreed]", "value");
    let mut boxes: Vec<(&str, &str)> = sentences.iter().map(|sentence| ("agreed", sentence.as_str())).collect();
    boxes.extend_from_slice(typed::DECLARATIONS);
    part("declarations", &boxes, ("go", "next"));
}

/// Hands in, and reads the receipt that the letter points to; the application's number.
fn hands_in(arta: &Person<'_>, application: &str) -> String {
    let check = arta.reads(&format!("{application}/check"));
    assert_eq!(check.texts(".errsum li"), [""; 0], "something still stands in the way");
    arta.presses(&format!("{application}/check"), &format!("{application}/submission"));
    let letter = arta.letter("E09");
    let number = letter.subject.split(':').next().unwrap().to_owned();
    assert_eq!(number, "R3-01");
    let receipt = arta.reads(&link(arta.world, &letter));
    let fingerprint = receipt.text(".digest").replace(' ', "");
    assert_eq!(fingerprint.len(), 64);
    assert!(letter.text_body.contains(&fingerprint) && receipt.body.contains(&number), "letter and receipt say the same");
    number
}

/// The secretary goes through every line, with one open question; the applicant answers; the second checker agrees.
fn is_checked(secretary: &Person<'_>, checker: &Person<'_>, arta: &Person<'_>, application: &str, number: &str) {
    let world = secretary.world;
    day(world, "2017-10-26", &[secretary]);
    let (list, ask) = (format!("{application}/check-list"), format!("{application}/clarifications"));
    let page = secretary.reads(&list);
    let mut lines = page.attributes("input[type=radio]", "name");
    lines.dedup();
    // What the machine has seen for itself stays as it proposes.
    lines.retain(|name| page.value_of(name).is_empty());
    let doubtful = "documents";
    let (line, note) = (format!("line.{doubtful}"), format!("note.{doubtful}"));
    let yes: Vec<(&str, &str)> = lines.iter().map(|name| (name.as_str(), "yes")).collect();
    let mut boxes: Vec<(&str, &str)> = yes.iter().copied().filter(|(name, _)| *name != line).collect();
    boxes.extend([(line.as_str(), "no"), (&note, "Page 2 cannot be read."), ("item", doubtful), ("question", "Please send the whole statute.")]);
    secretary.fills_in_and_sends(&list, &list, &ask, &boxes, ("", "")).expect(303);

    day(world, "2017-10-27", &[arta, secretary]);
    let question = arta.link_in("E12", number);
    assert!(arta.reads(&question).body.contains("Please send the whole statute."));
    let answer = [("answer", "Here is the whole statute."), ("item", doubtful), ("do", "send")];
    arta.here().upload(&question, &answer, ("file", "statute.pdf", pdf("the whole statute"))).expect(303);
    assert!(secretary.reads(&list).body.contains("Here is the whole statute."));
    secretary.fills_in_and_sends(&list, &list, &format!("{list}/proposal"), &[(line.as_str(), "yes")], ("outcome", "passed")).expect(303);

    day(world, "2017-10-30", &[checker, arta]);
    checker.fills_in(&list, &format!("{list}/decision"), &[], ("decision", "agree")).expect(303);
    let mine = arta.link_in("E13", number);
    assert!(arta.reads(&mine).body.contains(number));
}

/// Both evaluators come by their letter, declare, find no conflict, and sign: four for everything.
fn is_scored(manager: &Person<'_>, readers: &[Person<'_>; 2]) {
    let world = manager.world;
    day(world, "2017-11-06", &[manager]);
    manager.presses("/pact/rounds/R3/assignments", "/pact/rounds/R3/assignments/spread");
    for reader in readers {
        reader.comes_back();
        let letter = reader.letter("E14");
        assert!(letter.subject.starts_with("R3:"), "{}", letter.subject);
        let list = reader.reads(&link(world, &letter));
        let declaration = list.attributes("main a[href^='/evaluations/rounds/']", "href").remove(0);
        reader.presses(&declaration, &format!("{declaration}/declaration"));
        let sheet = reader.reads("/evaluations").attributes("main tbody a[href^='/evaluations/'], main li a[href^='/evaluations/']", "href");
        let sheet = sheet.into_iter().find(|to| !to.contains("/rounds/")).expect("the list leads to the sheet");
        reader.presses(&sheet, &format!("{sheet}/clearance"));
        let page = reader.reads(&sheet);
        let form = format!("{sheet}/sheet");
        let mut boxes =
            page.attributes(&format!("form[action='{form}'] textarea"), "name").into_iter().map(|name| (name, "It is well argued.")).collect::<Vec<_>>();
        let mut scores = page.attributes(&format!("form[action='{form}'] input[type=radio]"), "name");
        scores.dedup();
        boxes.extend(scores.into_iter().map(|name| (name, "4")));
        let boxes: Vec<(&str, &str)> = boxes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        reader.fills_in_and_sends(&sheet, &form, &format!("{sheet}/submission"), &boxes, ("", "")).expect(303);
    }
    assert_eq!(manager.reads("/pact/rounds/R3/assignments").text("strong.tnum"), "80 points");
}

fn is_awarded(director: &Person<'_>, arta: &Person<'_>, number: &str) {
    day(director.world, "2017-11-20", &[director, arta]);
    let (ranking, award) = ("/pact/rounds/R3/ranking", "/pact/rounds/R3/award");
    director.fills_in(ranking, award, &[("reasons", "By rank, within the envelope.")], ("go", "decide")).expect(303);
    let mine = arta.link_in("E17", number);
    assert!(arta.letter("E17").text_body.replace('\u{a0}', " ").contains("6,955.00"), "{}", arta.letter("E17").text_body);
    arta.reads(&mine);
}

/// Drafted, sent, signed by both; the contract's address.
fn is_contracted(manager: &Person<'_>, director: &Person<'_>, arta: &Person<'_>, application: &str, number: &str) -> String {
    day(manager.world, "2017-11-22", &[manager, director, arta]);
    let list = "/pact/contracts";
    let draft = format!("{application}/contract");
    let contract = manager.fills_in(list, &draft, &[("starts_on", "2018-01-01")], ("", "")).expect(303).location.unwrap();
    manager.presses(&contract, &format!("{contract}/dispatch"));
    let to_sign = arta.link_in("E20", number);
    assert_eq!(to_sign, contract);
    arta.fills_in(&to_sign, &format!("{contract}/signature"), &[("name", "Arta Hoxha")], ("", "")).expect(303);
    director.fills_in(&contract, &format!("{contract}/countersignature"), &[("name", "Drita Leka")], ("", "")).expect(303);
    let project = arta.link_in("E22", number);
    arta.reads(&project);
    contract
}

/// The payment of this number goes through four hands; what it amounts to.
fn is_paid(manager: &Person<'_>, finance: &Person<'_>, arta: &Person<'_>, (which, amount): (usize, &str), number: &str) {
    let payment = manager.reads("/pact/payments").attributes("main a[href^='/payments/']", "href").into_iter().find(|payment| {
        let page = manager.reads(payment);
        page.has(&format!("form[action='{payment}/approval']")) && page.main_text().contains(amount)
    });
    let payment = payment.unwrap_or_else(|| panic!("payment {which} of {amount} waits for nobody"));
    manager.presses(&payment, &format!("{payment}/approval"));
    assert!(!manager.reads(&payment).has(&format!("form[action='{payment}/approval']")), "nobody approves twice");
    finance.presses(&payment, &format!("{payment}/approval"));
    finance.fills_in(&payment, &format!("{payment}/transfer"), &[("reference", "FT17335-0044")], ("", "")).expect(303);
    let arrived = arta.link_in("E25", number);
    assert_eq!(arrived, payment);
    arta.presses(&arrived, &format!("{arrived}/confirmation"));
}

/// An indicator's value and two expenses with their vouchers.
fn works(arta: &Person<'_>, project: &str) {
    let progress = format!("{project}/progress");
    let form = arta.reads(&progress).attributes(&format!("form[action^='{project}/indicators/']"), "action").remove(0);
    arta.fills_in(&progress, &form, &[("value", "34"), ("women", "20"), ("measured_on", "2018-02-28")], ("", "")).expect(303);
    let expenses = format!("{project}/expenses");
    for (line, amount) in [("Human resources", "4.000,00"), ("survey", "2.000,00")] {
        let page = arta.reads(&expenses);
        let options = page.texts("select[name=line] option").into_iter().zip(page.attributes("select[name=line] option", "value"));
        let line = options.into_iter().find(|(words, _)| words.contains(line)).expect("the line is in the list").1;
        let id = page.value_of("id");
        let fields = [
            ("id", id.as_str()),
            ("line", &line),
            ("paid_on", "2018-02-20"),
            ("description", "As agreed"),
            ("supplier", "A supplier"),
            ("voucher", "F-12"),
            ("amount", amount),
        ];
        arta.here().upload(&expenses, &fields, ("file", "voucher.pdf", pdf(amount))).expect(303);
    }
}

fn reports(arta: &Person<'_>, finance: &Person<'_>, project: &str, number: &str) {
    let report = arta.reads(project).attributes("main a[href^='/reports/']", "href").remove(0);
    let done = [("progress-1", "Done."), ("deviations", "None."), ("visibility", "On every paper."), ("lessons", "Begin earlier.")];
    arta.fills_in(&report, &format!("{report}/submission"), &done, ("", "")).expect(303);
    finance.presses(&report, &format!("{report}/decision"));
    assert_eq!(arta.link_in("E24", number), report);
    let letter = arta.letter("E24").text_body.replace('\u{a0}', " ");
    assert!(letter.contains("6,000.00"), "{letter}");
}

#[test]
fn one_grant_from_the_funds_file_to_the_funders_summary() {
    let world = World::new();
    world.at("2017-09-14T10:00");
    crate::calls::import(&world, crate::calls::PACT).unwrap();
    let ana = first_administrator(&world, "ana@example.org");
    let manager = joins(&ana, "Mira Kola", "mira@example.org", "grant-manager");
    let director = joins(&ana, "Drita Leka", "drita@example.org", "director");
    let secretary = joins(&ana, "Elira Dema", "elira@example.org", "secretary");
    let checker = joins(&ana, "Ilir Prenga", "ilir@example.org", "second-checker");
    let finance = joins(&ana, "Gent Prifti", "gent@example.org", "finance-officer");
    let funder = joins(&ana, "Delegation", "funder@example.org", "funder");
    let readers = [joins(&ana, "E. Marku", "marku@example.org", "evaluator"), joins(&ana, "A. Dervishi", "dervishi@example.org", "evaluator")];
    manager.presses("/pact/rounds/R3", "/pact/rounds/R3/publication");

    world.at("2017-10-20T10:00");
    let arta = Person::new(&world, "arta@example.org");
    signs_up_with_her_organisation(&arta);
    let call = "/pact/calls/R3/applications";
    let application = arta.presses(call, call).location.unwrap();
    writes_the_application(&arta, &application);
    let number = hands_in(&arta, &application);

    is_checked(&secretary, &checker, &arta, &application, &number);
    is_scored(&manager, &readers);
    is_awarded(&director, &arta, &number);
    let contract = is_contracted(&manager, &director, &arta, &application, &number);
    let project = contract.replace("/contracts/", "/projects/");
    day(&world, "2017-12-01", &[&manager, &finance, &arta]);
    is_paid(&manager, &finance, &arta, (1, "5,564.00"), &number);
    day(&world, "2018-03-01", &[&arta]);
    works(&arta, &project);
    day(&world, "2018-09-05", &[&arta, &finance, &manager, &funder]);
    reports(&arta, &finance, &project, &number);
    is_paid(&manager, &finance, &arta, (2, "436.00"), &number);
    the_funder_reads_it_all(&funder);
}

/// One application through every step, and the exact sums.
fn the_funder_reads_it_all(funder: &Person<'_>) {
    let address = "/pact/rounds/R3/summary";
    let json = funder.here().get_json(address).expect(200).json();
    let funnel = &json["summary"]["funnel"];
    for step in ["started", "submitted", "passed", "evaluated", "above", "awarded", "contracted", "completed"] {
        assert_eq!(funnel[step], 1, "{step}: {funnel}");
    }
    let total = &json["summary"]["total"];
    for (sum, euros) in [("asked", "6955.00"), ("granted", "6955.00"), ("paid", "6000.00"), ("accepted", "6000.00")] {
        assert_eq!(total[sum], euros, "{sum}: {total}");
    }
    let page = funder.reads(address);
    assert_eq!(page.texts("ol.funnel b"), ["1"; 8]);
    assert!(page.body.contains("6,955.00") && page.body.contains("6,000.00"), "{}", page.main_text());
    assert!(page.texts("tr[data-m=kukes]")[0].contains("6,955.00"));
}
