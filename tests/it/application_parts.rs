//! Logframe, plan and budget as people fill them in: by named buttons, without scripts, with amounts as they type them.
use crate::{Visitor, World, sample};
use subgrant::applications::{actions, content, records};
use subgrant::kernel::{ApplicationId, Lang};
use subgrant::workflow::perform;

fn application(world: &World, writer: &Visitor) -> ApplicationId {
    let (round, organisation, actor) = (world.round("R3").id, writer.organisation_id(), world.actor(writer));
    perform(&world.app.desk, &actor, move |act| actions::start(act, round, organisation, Lang::En)).unwrap().id
}
fn kept(world: &World, id: ApplicationId) -> content::File {
    world.read(|conn| {
        let application = records::by_id(conn, id)?;
        records::draft_file(conn, &application)
    })
}
/// The form as the page gave it, with some boxes filled in and one button pressed.
fn press(writer: &Visitor, address: &str, boxes: &[(&str, &str)], button: (&str, &str)) -> crate::Answered {
    let page = writer.get(address).expect(200);
    let mut fields = page.fields_of(address);
    fields.retain(|(name, _)| !boxes.iter().any(|(filled, _)| filled == name));
    fields.extend(boxes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields.push((button.0.into(), button.1.into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    writer.post_as_is(address, &fields)
}

#[test]
fn a_logframe_is_written_with_named_buttons_only() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = application(&world, &arta);
    let address = format!("/applications/{id}/logframe");
    let page = arta.get(&address).expect(200);
    assert!(!page.has(".errsum"), "an untouched part complains about nothing");

    let added = press(&arta, &address, &[("impact.text", "Bashki më e hapur")], ("add", "result")).expect(303);
    assert!(added.header("location").unwrap().ends_with("#result.r1.text"));
    let page = added.follow().expect(200);
    assert!(page.has("textarea[id='result.r1.text'][autofocus]"));
    assert!(!page.has(".errsum"), "boxes that are only still empty are no errors while rows are added");

    press(&arta, &address, &[("result.r1.text", "Aktorët dinë më shumë")], ("add", "activity.r1")).expect(303);
    press(&arta, &address, &[("result.r1.act.a1.text", "Grupe diskutimi (FGD).")], ("add", "activity.r1")).expect(303);
    press(&arta, &address, &[("result.r1.act.a2.text", "grupe diskutimi (FGD)")], ("add", "indicator.result.r1")).expect(303);
    press(&arta, &address, &[("result.r1.ind.i1.text", "Persona të trajnuar"), ("result.r1.ind.i1.target", "rreth 40")], ("go", "stay")).expect(303);
    let page = arta.get(&address).expect(200);
    assert!(page.texts(".errsum a").iter().any(|words| words.contains("“rreth 40” is not a number")), "{:?}", page.texts(".errsum a"));
    assert!(page.has("input[id='result.r1.ind.i1.target'][aria-invalid='true']"));
    assert_eq!(page.value_of("result.r1.ind.i1.target"), "rreth 40", "what was typed comes back");
    assert!(page.texts(".msg.soft").iter().any(|words| words.contains("same text as 1.1")), "twins are a hint");

    press(&arta, &address, &[], ("up", "result.r1.act.a2")).expect(303);
    let file = kept(&world, id);
    let order: Vec<_> = file.logframe.numbered_activities().into_iter().map(|(number, activity)| (number, activity.key.clone())).collect();
    assert_eq!(order, [("1.1".to_owned(), "a2".to_owned()), ("1.2".into(), "a1".into())]);
}

#[test]
fn a_row_that_was_removed_comes_back_with_everything_in_it() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let besnik = world.applicant("Besnik", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let whole = kept(&world, id);
    let address = format!("/applications/{id}/logframe");
    let row = format!("result.{}", whole.logframe.outputs[0].key);
    let page = press(&arta, &address, &[], ("del", &row)).expect(303).follow().expect(200);
    assert!(kept(&world, id).logframe.outputs.iter().all(|output| !row.ends_with(&output.key)));
    assert!(page.has(&format!(".savebar button[name='back'][value='{row}']")), "the way back stands where one looks");
    // The next row never takes its place in plan and budget.
    press(&arta, &address, &[], ("add", "result")).expect(303);
    let added = kept(&world, id).logframe.outputs.last().map(|output| output.key.clone());
    assert!(!row.ends_with(&added.unwrap()));
    // Much later, a colleague finds it at the end of the page.
    world.at("2017-10-22T09:00");
    let page = besnik.get(&address).expect(200);
    assert!(!page.has(".savebar button[name='back']") && page.text("#removed").contains(&whole.logframe.outputs[0].text));
    press(&besnik, &address, &[], ("back", &row)).expect(303);
    assert_eq!(kept(&world, id).logframe.outputs[0], whole.logframe.outputs[0]);
    assert!(!besnik.get(&address).expect(200).has("#removed"));
    press(&besnik, &address, &[], ("back", &row)).expect(303);

    let address = format!("/applications/{id}/budget");
    let line = whole.budget.lines[0].key.clone();
    press(&arta, &address, &[], ("copy", &line)).expect(303);
    assert_eq!(kept(&world, id).budget.lines[1].total(), whole.budget.lines[0].total());
    press(&arta, &address, &[], ("del", &line)).expect(303);
    press(&arta, &address, &[], ("back", &format!("line.{line}"))).expect(303);
    assert_eq!(kept(&world, id).budget.lines[0], whole.budget.lines[0]);
    let address = format!("/applications/{id}/partners");
    let partner = format!("partners.{}", whole.partners.partners[0].key);
    press(&arta, &address, &[], ("del", &partner)).expect(303);
    press(&arta, &address, &[], ("back", &partner)).expect(303);
    assert_eq!(kept(&world, id).partners, whole.partners);
}

#[test]
fn the_budget_reads_amounts_as_people_type_them_and_fills_in_the_most_allowed() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = application(&world, &arta);
    let address = format!("/applications/{id}/budget");
    press(&arta, &address, &[], ("add", "human-resources")).expect(303);
    let boxes =
        [("line.l1.description", "Koordinator"), ("line.l1.unit", "muaj"), ("line.l1.number", "10"), ("line.l1.unit_cost", "1.240,50"), ("indirect", "9 999")];
    press(&arta, &address, &boxes, ("go", "sum")).expect(303);
    let page = arta.get(&address).expect(200);
    assert_eq!(page.value_of("line.l1.unit_cost"), "1,240.50", "shown back in the reader's way");
    assert!(page.texts("[data-out=direct]").contains(&"12,405.00".to_owned()));
    let caps = world.round("R3").terms.caps;
    let most = subgrant::kernel::Money::cents(1_240_500).at_most(caps.indirect);
    assert!(page.texts(".errsum a").iter().any(|words| words.contains("over their cap")), "{:?}", page.texts(".errsum a"));

    press(&arta, &address, &[], ("fill", "indirect")).expect(303);
    assert_eq!(subgrant::kernel::Money::typed(&kept(&world, id).budget.indirect), Some(most));
    assert!(!arta.get(&address).texts(".errsum a").iter().any(|words| words.contains("over their cap")));
    let (requested, total) = world.read(|conn| records::by_id(conn, id).map(|application| (application.requested, application.total)));
    assert_eq!((requested, total), (subgrant::kernel::Money::cents(1_240_500) + most, subgrant::kernel::Money::cents(1_240_500) + most));

    // Even with "save and continue", what cannot be read keeps its writer here, as typed.
    let stays = press(&arta, &address, &[("line.l1.unit_cost", "12345678901234567")], ("go", "next")).expect(303);
    assert!(stays.header("location").unwrap().ends_with("/budget"));
    let page = stays.follow().expect(200);
    assert_eq!(page.value_of("line.l1.unit_cost"), "12345678901234567");
    assert!(page.texts(".errsum a").iter().any(|words| words.starts_with("Cost 1.1")));
}

#[test]
fn the_plan_follows_the_logframe() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = application(&world, &arta);
    let (logframe, plan) = (format!("/applications/{id}/logframe"), format!("/applications/{id}/plan"));
    assert!(arta.get(&plan).expect(200).has(".empty"));
    press(&arta, &logframe, &[], ("add", "result")).expect(303);
    press(&arta, &logframe, &[], ("add", "activity.r1")).expect(303);
    press(&arta, &logframe, &[("result.r1.act.a1.text", "Anketa")], ("go", "stay")).expect(303);
    let saved =
        arta.post(&plan, &[("row.a1.month", "3"), ("row.a1.month", "2"), ("row.a1.responsible", "lead"), ("row.a7.month", "1"), ("go", "next")]).expect(303);
    assert!(saved.header("location").unwrap().ends_with("/budget"));
    let rows = kept(&world, id).plan.rows;
    assert_eq!(rows.len(), 1, "a row of no activity is not kept");
    assert_eq!((rows[0].months.as_slice(), rows[0].responsible.as_str()), ([2, 3].as_slice(), "lead"));
}

#[test]
fn nobody_else_sees_these_parts() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia");
    let other = world.applicant("Ilir", "Tjetër organizatë");
    let manager = world.staff("Mira", &[subgrant::kernel::Role::GrantManager]);
    let id = application(&world, &arta);
    for part in ["logframe", "plan", "budget"] {
        let address = format!("/applications/{id}/{part}");
        assert_eq!(other.get(&address).status, 404, "{part}");
        assert_eq!(other.post(&address, &[("impact.text", "mine now")]).status, 404, "{part}");
        assert_eq!(manager.get(&address).status, 404, "{part}: a draft is nobody's but its writers'");
        assert_eq!(world.stranger().get(&address).status, 303, "{part}");
    }
}

#[test]
fn a_first_row_brings_no_errors_and_an_empty_draft_is_told_honestly() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = application(&world, &arta);
    assert!(arta.get(&format!("/applications/{id}/read")).expect(200).text("title").contains("Untitled application"));
    let tasks = arta.get(&format!("/applications/{id}")).expect(200);
    assert!(tasks.text("#pg").starts_with("1 of 9 "), "partners are optional, the plan is not: {}", tasks.text("#pg"));
    assert!(tasks.main_text().contains("Required: filled in once the logframe has activities"));
    for (part, row) in [("partners", "partners"), ("description", "risks"), ("capacity", "team"), ("budget", "travel")] {
        let page = press(&arta, &format!("/applications/{id}/{part}"), &[], ("add", row)).expect(303).follow().expect(200);
        assert!(!page.has(".errsum"), "{part}: {:?}", page.texts(".errsum a"));
    }
}

#[test]
fn a_pdf_without_a_page_is_refused_in_words() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = application(&world, &arta);
    let send = |bytes: &[u8]| arta.upload(&format!("/applications/{id}/attachments"), &[("document", "statute")], ("file", "statute.pdf", bytes.to_vec()));
    assert!(send(b"%PDF-1.4 %%EOF").expect(422).main_text().contains("is an empty PDF"));
    assert!(send(b"%PDF-1.4\n<</Type/Page>>").expect(422).main_text().contains("is cut off"));
    send(&crate::visitor::pdf("Statuti")).expect(303);
}
