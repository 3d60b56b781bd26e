//! The people of an organisation: what each role may, letters to whom it concerns, handing over, and somebody who is taken out while they type.
use crate::{Visitor, World, sample};
use subgrant::accounts::records;
use subgrant::kernel::{ApplicationId, Membership, OrganisationId};
use subgrant::workflow::Subject;

struct Team {
    world: World,
    owner: Visitor,
    signatory: Visitor,
    editor: Visitor,
    id: OrganisationId,
}

fn team() -> Team {
    let world = World::new();
    let owner = world.applicant("Arta Hoxha", "Qendra (example)").in_english();
    let id = owner.organisation_id();
    let joined = |name: &str, membership| {
        let person = world.person(name).in_english();
        world.join(&person, id, membership);
        person.of(id)
    };
    let (signatory, editor) = (joined("Drita Prela", Membership::Signatory), joined("Besnik Leka", Membership::Editor));
    Team { world, owner, signatory, editor, id }
}

impl Team {
    fn people(&self) -> String {
        format!("/organisations/{}/people", self.id)
    }
    fn of(&self, person: &Visitor) -> Option<Membership> {
        self.world.read(|conn| records::membership(conn, self.id, person.person_id()))
    }
    fn change(&self, by: &Visitor, whom: &Visitor, what: &str) -> u16 {
        by.post(&format!("{}/{}", self.people(), whom.person_id()), &[("do", what)]).status
    }
    /// Codes of the letters of this kind that somebody got.
    fn told(&self, person: &Visitor, code: &str) -> usize {
        self.world.letters_to(person).iter().filter(|letter| letter.code == code).count()
    }
    fn kinds(&self) -> Vec<String> {
        self.world.read(|conn| subgrant::workflow::log_of(conn, Subject::Organisation(self.id))).into_iter().map(|entry| entry.kind).collect()
    }
}

#[test]
fn an_editor_writes_and_only_who_signs_submits_withdraws_and_discards() {
    let team = team();
    let id = sample::draft(&team.world, &team.owner);
    let at = |what: &str| format!("/applications/{id}/{what}");
    team.editor.get(&at("check")).expect(200);
    assert!(!team.editor.get(&at("check")).has(&format!("form[action='{}']", at("submission"))));
    team.editor.post(&at("submission"), &[]).expect(403);
    team.editor.post(&at("removal"), &[]).expect(403);
    let boxes = format!("/api/v1{}/boxes", at("description"));
    team.editor.post(&boxes, &[("name", "problem"), ("mark", ""), ("text", "Besnik's")]).expect(200);
    team.signatory.post(&boxes, &[("name", "problem"), ("mark", ""), ("text", "Drita's")]).expect(200);
    team.signatory.post(&at("submission"), &[]).expect(303);
    team.editor.post(&at("withdrawal"), &[("reason", "x")]).expect(403);
    team.signatory.post(&at("withdrawal"), &[("reason", "x")]).expect(303);
}

#[test]
fn an_owner_gives_roles_and_takes_people_out_and_each_hears_of_it() {
    let team = team();
    for (by, status) in [(&team.signatory, 403), (&team.editor, 403)] {
        assert_eq!(team.change(by, &team.owner, "editor"), status);
        by.post(&team.people(), &[("email", "x@example.org"), ("membership", "owner")]).expect(status);
    }
    assert_eq!(team.change(&team.owner, &team.editor, "signatory"), 303);
    assert_eq!((team.of(&team.editor), team.told(&team.editor, "E00g")), (Some(Membership::Signatory), 1));
    assert_eq!(team.change(&team.owner, &team.editor, "signatory"), 303);
    assert_eq!(team.told(&team.editor, "E00g"), 1, "nothing changed, nobody is told");
    // Two own it: then one of them may go, and the last one may not.
    assert_eq!(team.change(&team.owner, &team.signatory, "owner"), 303);
    assert_eq!(team.change(&team.signatory, &team.owner, "remove"), 303);
    assert_eq!((team.of(&team.owner), team.told(&team.owner, "E00h")), (None, 1));
    assert_eq!(team.change(&team.signatory, &team.signatory, "remove"), 422);
    assert_eq!(team.change(&team.signatory, &team.signatory, "editor"), 422);
    team.owner.get(&team.people()).expect(404);
    // Who leaves is not told what they did; the owner is.
    assert_eq!(team.change(&team.editor, &team.editor, "remove"), 303);
    assert_eq!((team.told(&team.editor, "E00h"), team.told(&team.signatory, "E00i")), (0, 1));
    assert_eq!(team.kinds(), [vec!["organisation.member-changed"; 3], vec!["organisation.member-removed"; 2]].concat());
}

#[test]
fn a_role_is_handed_over_and_who_leaves_hands_over_first() {
    let team = team();
    let handover = format!("/organisations/{}/handover", team.id);
    let to = |person: &Visitor| person.person_id().to_string();
    let page = team.owner.get(&team.people()).expect(200);
    assert_eq!(page.texts("#heir option").len(), 3, "choose, and two who may less");
    assert!(!page.has(&format!("form[action='{}/{}'] button[value='remove']", team.people(), to(&team.owner))), "the only owner is not offered to leave");
    assert!(!team.editor.get(&team.people()).has("#heir"), "an editor has nothing to pass");
    team.owner.post(&handover, &[]).expect(422);
    team.editor.post(&handover, &[("heir", &to(&team.signatory))]).expect(422);
    team.signatory.post(&handover, &[("heir", &to(&team.owner))]).expect(422);
    // A signatory passes it on: the editor signs now, the signatory writes, the owner hears of it.
    team.signatory.post(&handover, &[("heir", &to(&team.editor))]).expect(303);
    assert_eq!((team.of(&team.editor), team.of(&team.signatory)), (Some(Membership::Signatory), Some(Membership::Editor)));
    assert_eq!((team.told(&team.editor, "E00g"), team.told(&team.owner, "E00i"), team.told(&team.signatory, "E00i")), (1, 1, 0));
    // The owner leaves and hands over to the one who signs; the organisation has an owner all along.
    team.owner.post(&handover, &[("heir", &to(&team.editor)), ("leave", "yes")]).expect(303);
    assert_eq!((team.of(&team.editor), team.of(&team.owner)), (Some(Membership::Owner), None));
    team.owner.get(&team.people()).expect(404);
    team.editor.post(&team.people(), &[("email", "new@example.org"), ("membership", "editor")]).expect(303);
    assert_eq!(team.kinds()[..2], ["organisation.role-passed", "organisation.role-passed"]);
}

#[test]
fn taking_out_and_handing_over_ask_first_name_the_person_and_say_afterwards_what_was_done() {
    let team = team();
    let page = team.owner.get(&team.people()).expect(200);
    assert_eq!(page.texts("button[value='remove']"), page.texts("details button[value='remove']"), "no tap removes anybody at once");
    let besnik = format!("{}/{}", team.people(), team.editor.person_id());
    assert_eq!(page.text(&format!("details form[action='{besnik}'] button[value='remove']")), "Yes, remove Besnik Leka");
    let asked = page.text("form[action$='/handover'] details");
    assert!(asked.contains("Besnik Leka gets the role “Owner”; you are left with the role “Editor”") && asked.ends_with("Yes, pass the role"), "{asked}");
    let removed = team.owner.post(&besnik, &[("do", "remove")]).expect(303).follow();
    assert!(removed.body.contains("Besnik Leka does not write for the organisation any more."), "{}", removed.main_text());
    let heir = team.signatory.person_id().to_string();
    let passed = team.owner.post(&format!("/organisations/{}/handover", team.id), &[("heir", &heir)]).expect(303).follow();
    assert!(passed.body.contains("Drita Prela has the role “Owner” now"), "{}", passed.main_text());
}

#[test]
fn who_came_from_an_application_to_invite_finds_the_way_back() {
    let team = team();
    let back = format!("/applications/{}", sample::draft(&team.world, &team.owner));
    let link = format!("{}?then={back}", team.people());
    assert!(team.owner.get(&back).expect(200).has(&format!("a[href='{link}']")));
    let page = team.owner.get(&link).expect(200);
    assert!(page.has(&format!("main a[href='{back}']")));
    let invited = team.owner.post(&team.people(), &[("email", "new@example.org"), ("membership", "editor"), ("then", &back)]).expect(303);
    assert_eq!(invited.location, Some(link));
    assert!(!team.owner.get(&format!("{}?then=https://example.org", team.people())).expect(200).has("main [href^='https:'], main [name='then']"));
}

fn problem_of(team: &Team, id: ApplicationId) -> String {
    team.world
        .read(|conn| {
            let application = subgrant::applications::records::by_id(conn, id)?;
            subgrant::applications::records::draft_file(conn, &application)
        })
        .description
        .problem
}

#[test]
fn an_editor_who_is_taken_out_while_typing_is_told_plainly_keeps_the_text_and_nobody_else_is_disturbed() {
    let team = team();
    let id = sample::draft(&team.world, &team.owner);
    let (page, boxes) = (format!("/applications/{id}/description"), format!("/api/v1/applications/{id}/description/boxes"));
    let open = team.editor.get(&page).expect(200);
    let send = |text: &str, mark: &str| team.editor.post(&boxes, &[("name", "problem"), ("mark", mark), ("text", text)]);
    let mark = open.value_of("base").split(' ').skip_while(|word| *word != "problem").nth(1).unwrap().to_owned();
    let saved = send("Besnik began", &mark).expect(200).json();
    let mark = saved["marks"][0][1].as_str().unwrap().to_owned();
    assert_eq!(team.change(&team.owner, &team.editor, "remove"), 303);
    // The next autosave answers in words that the page shows; what was saved before stays.
    let refused = send("Besnik began and went on", &mark).expect(404).json();
    assert_eq!(refused["reasons"][0]["code"], "no-longer-yours");
    assert!(refused["reasons"][0]["text"]["en"].as_str().unwrap().contains("still on this page"), "{refused}");
    assert!(refused["reasons"][0]["text"]["sq"].as_str().unwrap().contains("ende në këtë faqe"));
    assert_eq!(problem_of(&team, id), "Besnik began");
    // Without scripts the button gives the text back.
    let fields = open.fields_of(&page);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| name != "problem" && name != "csrf")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([("problem", "Besnik began and went on <b>")])
        .collect();
    let answer = team.editor.post(&page, &fields).expect(404);
    assert!(answer.texts(".kept-values li").contains(&"Besnik began and went on <b>".to_owned()), "{}", answer.main_text());
    assert_eq!(problem_of(&team, id), "Besnik began");
    // A stranger who tries the same learns nothing else.
    let stranger = team.world.applicant("Ilir", "Tjetër (example)").in_english();
    assert_eq!(stranger.post(&boxes, &[("name", "problem"), ("mark", ""), ("text", "x")]).expect(404).json(), refused);
    // His colleagues go on; his name stands where he wrote.
    let state = team.owner.get_json(&format!("{page}/boxes?since=0")).expect(200).json();
    assert_eq!(state["colleague"]["name"], "Besnik Leka");
    for address in ["", "/description", "/check", "/read", "/history"] {
        team.signatory.get(&format!("/applications/{id}{address}")).expect(200);
    }
    team.owner.get(&team.people()).expect(200);
    team.owner.post(&boxes, &[("name", "problem"), ("mark", &mark), ("text", "Arta went on")]).expect(200);
    assert_eq!(problem_of(&team, id), "Arta went on");
}
