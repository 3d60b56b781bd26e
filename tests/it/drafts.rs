//! A draft while people write in it: boxes saved by themselves, two people in one part, rows that come and go, sessions that end.
use crate::{Answered, Visitor, World, sample};
use serde_json::Value;
use subgrant::applications::{content, records};
use subgrant::kernel::{ApplicationId, Membership};

/// Arta owns the organisation, Besnik writes with her.
fn two() -> (World, Visitor, Visitor, ApplicationId) {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let besnik = world.person("Besnik").in_english();
    world.join(&besnik, arta.organisation_id(), Membership::Editor);
    let id = sample::draft(&world, &arta);
    (world, arta, besnik, id)
}

fn kept(world: &World, id: ApplicationId) -> content::File {
    world.read(|conn| {
        let application = records::by_id(conn, id)?;
        records::draft_file(conn, &application)
    })
}

/// What an open form knows: marks of what it showed.
pub struct Open<'v> {
    writer: &'v Visitor,
    address: String,
    marks: Vec<(String, String)>,
}
impl<'v> Open<'v> {
    fn part(writer: &'v Visitor, id: ApplicationId, part: &str) -> Self {
        Self::at(writer, format!("/applications/{id}/{part}"))
    }
    pub fn at(writer: &'v Visitor, address: String) -> Self {
        let base = writer.get(&address).expect(200).value_of("base");
        let words: Vec<&str> = base.split(' ').collect();
        let marks = words.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect();
        Self { writer, address, marks }
    }
    fn mark(&self, name: &str) -> &str {
        self.marks.iter().find(|(known, _)| known == name).map_or("", |(_, mark)| mark)
    }
    /// As the script sends it.
    pub fn send(&self, boxes: &[(&str, &str)]) -> Answered {
        let mut fields = vec![];
        for (name, text) in boxes {
            fields.extend([("name", *name), ("mark", self.mark(name)), ("text", *text)]);
        }
        self.writer.post(&format!("/api/v1{}/boxes", self.address), &fields)
    }
    pub fn learn(&mut self, answer: &Value) {
        for pair in answer["marks"].as_array().unwrap() {
            let (name, mark) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            self.marks.retain(|(known, _)| known != name);
            self.marks.push((name.into(), mark.into()));
        }
    }
    /// As a button sends it: the whole form with the marks that it was shown with.
    pub fn press(&self, changed: &[(&str, &str)], button: (&str, &str)) -> Answered {
        let mut fields = self.writer.get(&self.address).expect(200).fields_of(&self.address);
        fields.retain(|(name, _)| {
            name != "base" && !changed.iter().any(|(filled, _)| filled == name) && !["go", "add", "del", "up", "down", "fill", "take"].contains(&name.as_str())
        });
        fields.push(("base".into(), self.marks.iter().map(|(name, mark)| format!("{name} {mark}")).collect::<Vec<_>>().join(" ")));
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.extend_from_slice(changed);
        fields.push(button);
        self.writer.post_as_is(&self.address, &fields)
    }
}

#[test]
fn what_is_typed_is_saved_box_by_box_in_few_bytes() {
    let (world, arta, _, id) = two();
    let mut form = Open::part(&arta, id, "description");
    let answer = form.send(&[("problem", "Të rinjtë nuk dinë si vendoset buxheti."), ("women", "12")]).expect(200);
    assert!(answer.bytes.len() < 2_000, "{} bytes", answer.bytes.len());
    let json = answer.json();
    assert_eq!((json["marks"].as_array().unwrap().len(), json["meanwhile"].as_array().unwrap().len()), (2, 0));
    let file = kept(&world, id);
    assert_eq!((file.description.problem.as_str(), file.description.women.as_str()), ("Të rinjtë nuk dinë si vendoset buxheti.", "12"));
    assert_ne!(file.description.methodology, "", "what was not sent stays");
    // The same once more, as when the answer was lost on the way: nothing to choose, nothing changed.
    assert_eq!(form.send(&[("problem", "Të rinjtë nuk dinë si vendoset buxheti.")]).expect(200).json()["meanwhile"], serde_json::json!([]));
    form.learn(&json);
    form.send(&[("problem", "")]).expect(200);
    assert_eq!(kept(&world, id).description.problem, "");
}

#[test]
fn an_autosave_makes_few_statements_and_a_run_of_them_is_one_entry_of_the_log() {
    let (world, arta, besnik, id) = two();
    let entries = || {
        world.read(|conn| {
            Ok(subgrant::workflow::log_of(conn, subgrant::workflow::Subject::Application(id))?
                .into_iter()
                .filter(|entry| entry.kind == "application.part-saved")
                .count())
        })
    };
    let mut form = Open::part(&arta, id, "description");
    form.learn(&form.send(&[("problem", "a")]).expect(200).json());
    let before = entries();
    for text in ["ab", "abc", "abcd"] {
        let (answer, statements) = world.statements(|| form.send(&[("problem", text)]).expect(200));
        assert!(statements <= 9, "{statements} statements, of them two for the session and two for the transaction");
        form.learn(&answer.json());
    }
    assert_eq!(entries(), before, "the entry of the same minutes stands for them");
    Open::part(&besnik, id, "description").send(&[("men", "3")]).expect(200);
    assert_eq!(entries(), before + 1, "another person is another entry");
    world.app.desk.clock.move_to(world.now().plus_seconds(11 * 60));
    Open::part(&besnik, id, "description").send(&[("men", "4")]).expect(200);
    assert_eq!(entries(), before + 2, "and so is another quarter of an hour");
}

#[test]
fn two_people_in_one_part_lose_nothing_and_choose_only_where_both_wrote() {
    let (world, arta, besnik, id) = two();
    let (mine, mut theirs) = (Open::part(&arta, id, "description"), Open::part(&besnik, id, "description"));
    mine.send(&[("problem", "Arta's"), ("monitoring", "Arta's monitoring")]).expect(200);
    let answer = theirs.send(&[("problem", "Besnik's"), ("visibility", "Besnik's visibility")]).expect(200).json();
    assert_eq!(answer["meanwhile"][0]["name"], "problem");
    assert_eq!(answer["meanwhile"][0]["theirs"], "Arta's");
    assert_eq!(answer["colleague"]["name"], "Arta");
    assert!(!answer["marks"].to_string().contains("problem"), "a box that waits for a choice keeps its old mark");
    let description = kept(&world, id).description;
    assert_eq!(
        (description.problem.as_str(), description.monitoring.as_str(), description.visibility.as_str()),
        ("Arta's", "Arta's monitoring", "Besnik's visibility")
    );
    // The choice: what he saw is named by its mark.
    theirs.marks.retain(|(name, _)| name != "problem");
    theirs.marks.push(("problem".into(), answer["meanwhile"][0]["mark"].as_str().unwrap().into()));
    theirs.send(&[("problem", "Arta's and Besnik's")]).expect(200);
    assert_eq!(kept(&world, id).description.problem, "Arta's and Besnik's");
    // Who has the part open learns of it, and of who else is writing; who has it already learns nothing new.
    let state = arta.get_json(&format!("/applications/{id}/description/boxes?since=0")).expect(200).json();
    assert_eq!(state["colleague"]["name"], "Besnik");
    assert!(state["boxes"].as_array().unwrap().iter().any(|one| one["name"] == "problem" && one["text"] == "Arta's and Besnik's"));
    let version = state["version"].to_string();
    assert!(arta.get_json(&format!("/applications/{id}/description/boxes?since={version}")).expect(200).json().get("boxes").is_none());
    // Two minutes after the last save nobody is said to be writing.
    for (seconds, there) in [(110, true), (15, false)] {
        world.app.desk.clock.move_to(world.now().plus_seconds(seconds));
        let state = arta.get_json(&format!("/applications/{id}/description/boxes?since={version}")).expect(200).json();
        assert_eq!(state["colleague"]["name"] == "Besnik", there, "{state}");
    }
}

#[test]
fn without_scripts_the_buttons_do_the_same() {
    let (world, arta, besnik, id) = two();
    let (mine, theirs) = (Open::part(&arta, id, "description"), Open::part(&besnik, id, "description"));
    mine.press(&[("problem", "Arta's"), ("monitoring", "Arta's monitoring")], ("go", "stay")).expect(303);
    let again = theirs
        .press(&[("problem", "Besnik's"), ("visibility", "Besnik's visibility"), ("monitoring", &sample::description().monitoring)], ("go", "next"))
        .expect(422);
    assert!(again.text(".errsum").contains("at the same time"), "{}", again.text(".errsum"));
    assert_eq!(again.text(".theirs"), "Arta's");
    assert_eq!(again.text("textarea[id='problem']"), "Besnik's", "what was typed stands in the box");
    let description = kept(&world, id).description;
    assert_eq!(
        (description.problem.as_str(), description.monitoring.as_str(), description.visibility.as_str()),
        ("Arta's", "Arta's monitoring", "Besnik's visibility")
    );
    let address = format!("/applications/{id}/description");
    let fields = again.fields_of(&address);
    let send = |button: (&str, &str)| {
        let mut fields: Vec<(&str, &str)> = fields
            .iter()
            .filter(|(name, _)| !["go", "add", "del", "up", "take"].contains(&name.as_str()))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.push(button);
        besnik.post_as_is(&address, &fields).expect(303);
        kept(&world, id).description.problem
    };
    assert_eq!(send(("take", "problem")), "Arta's");
    assert_eq!(send(("go", "next")), "Besnik's", "saving again keeps what stands in the box");
}

#[test]
fn a_row_that_somebody_else_removed_comes_back_with_the_text_of_who_wrote_in_it() {
    let (world, arta, besnik, id) = two();
    let key = kept(&world, id).budget.lines[0].key.clone();
    let (name, lines) = (format!("line.{key}.description"), kept(&world, id).budget.lines.len());
    let (mine, theirs) = (Open::part(&arta, id, "budget"), Open::part(&besnik, id, "budget"));
    let whole = besnik.get(&theirs.address).fields_of(&theirs.address);
    mine.press(&[], ("del", &key)).expect(303);
    assert_eq!(kept(&world, id).budget.lines.len(), lines - 1);
    let told = theirs.send(&[(&name, "Koordinatore me gjysmë kohe")]).expect(200).json();
    assert_eq!((&told["meanwhile"][0]["gone"], kept(&world, id).budget.lines.len()), (&Value::Bool(true), lines - 1));
    // By the button, the whole row comes back; the rows that he left alone do not bring back others.
    let fields: Vec<(&str, &str)> = whole
        .iter()
        .filter(|(known, _)| known != &name && !["go", "add", "del", "fill"].contains(&known.as_str()))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([(name.as_str(), "Koordinatore me gjysmë kohe"), ("go", "stay")])
        .collect();
    besnik.post_as_is(&theirs.address, &fields).expect(303);
    let line = kept(&world, id).budget.lines.into_iter().find(|line| line.key == key).unwrap();
    assert_eq!(line.description, "Koordinatore me gjysmë kohe");
    assert_eq!(line.unit_cost(), sample::budget().lines[0].unit_cost());
}

#[test]
fn ticks_and_months_are_boxes_too() {
    let (world, arta, _, id) = two();
    let form = Open::part(&arta, id, "summary");
    let places = world.round("R3").terms.municipalities.clone();
    form.send(&[("municipalities", &format!("{}\n{}", places[1], places[0])), ("themes", "")]).expect(200);
    let summary = kept(&world, id).summary;
    assert!(summary.municipalities.contains(&places[0]) && summary.municipalities.contains(&places[1]) && summary.themes.is_empty());
    let activity = kept(&world, id).logframe.numbered_activities()[0].1.key.clone();
    Open::part(&arta, id, "plan").send(&[(&format!("row.{activity}.month"), "2\n5\n99")]).expect(200);
    assert_eq!(kept(&world, id).plan.rows.iter().find(|row| row.activity == activity).unwrap().months, [2, 5], "months that no plan has are not kept");
}

#[test]
fn who_may_not_write_is_told_and_nothing_changes() {
    let (world, arta, besnik, id) = two();
    let form = Open::part(&arta, id, "description");
    let editor = Open::part(&besnik, id, "description");
    let session = arta.cookie(subgrant::web::SESSION_COOKIE).unwrap();
    arta.set_cookie(subgrant::web::SESSION_COOKIE, "");
    let fields = [("name", "problem"), ("mark", ""), ("text", "x"), ("csrf", &subgrant::web::csrf_of(&session))];
    assert_eq!(arta.post_as_is(&format!("/api/v1/applications/{id}/description/boxes"), &fields).status, 401, "the session is over");
    arta.set_cookie(subgrant::web::SESSION_COOKIE, &session);
    let other = world.session(arta.person_id(), true);
    arta.set_cookie(subgrant::web::SESSION_COOKIE, &other);
    let old = arta.post_as_is(&format!("/api/v1/applications/{id}/description/boxes"), &fields).expect(422).json();
    assert_eq!(old["reasons"][0]["code"], "old-form");
    let token = arta.get_json(&format!("/applications/{id}/description/boxes?since=-1")).json()["csrf"].as_str().unwrap().to_owned();
    assert_eq!(token, subgrant::web::csrf_of(&other), "the form goes on with the new session's token");
    // An editor who was taken out of the organisation while typing.
    world.write(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::memberships;
        diesel::delete(memberships::table.filter(memberships::person_id.eq(besnik.person_id()))).execute(conn)
    });
    editor.send(&[("problem", "still here?")]).expect(404);
    assert_eq!(form.send(&[("nonsense", "y")]).expect(200).json()["meanwhile"][0]["gone"], true);
    assert_eq!(form.send(&[("problem", &"x".repeat(600_000))]).status, 422, "longer than any part may be");
    assert_eq!(kept(&world, id).description, sample::description());
    // Handed in: what is still typed into an open page is refused with the reason.
    sample::act(&world, &world.actor(&arta), |act| subgrant::applications::actions::submit(act, id));
    let refused = form.send(&[("problem", "too late")]).expect(422).json();
    assert!(refused["reasons"][0]["text"]["en"].as_str().is_some_and(|text| !text.is_empty()), "{refused}");
}

#[test]
fn the_budget_says_at_every_save_whether_the_grant_fits_its_size_and_what_is_the_most() {
    let (_world, arta, _, id) = two();
    let address = format!("/applications/{id}/budget");
    let page = arta.get(&address).expect(200);
    assert_eq!(page.attributes("[data-most=indirect]", "data-words").len(), 2, "the hint and the button both follow what is typed");
    assert!(page.has("[data-out-of-size][hidden]"), "7,720 is a small grant");
    let mut form = Open::part(&arta, id, "budget");
    let over = form.send(&[("line.b1.number", "80")]).expect(200).json();
    assert!(over["out_of_size"]["text"]["en"].as_str().unwrap().contains("more than a grant of the size"), "{over}");
    form.learn(&over);
    let state = arta.get_json(&format!("{address}/boxes?since=-1")).expect(200).json();
    assert_eq!(state["out_of_size"]["code"], "over-tier", "a colleague's open page hears of it too");
    let page = arta.get(&address).expect(200);
    assert!(page.text(".msg[data-out-of-size]").contains("€36,520"), "{}", page.text("[data-out-of-size]"));
    assert!(!page.has(".errsum"), "a warning, no error");
    assert!(arta.get(&format!("/applications/{id}/check")).expect(200).main_text().contains(&page.text(".msg[data-out-of-size]")), "the same rule refuses");
    let under = form.send(&[("line.b1.number", "0")]).expect(200).json();
    assert_eq!(under["out_of_size"]["code"], "under-tier");
    form.learn(&under);
    assert_eq!(form.send(&[("line.b1.number", "8")]).expect(200).json()["out_of_size"], serde_json::Value::Null);
    assert!(Open::part(&arta, id, "description").send(&[("women", "7")]).expect(200).json()["out_of_size"].is_null());
}
