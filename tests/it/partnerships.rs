//! A partner organisation: invited by e-mail, it writes its own part and signs its own declaration; nothing else is open to it, and it ends
//! with the partner's row.
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use subgrant::applications::content::{File, Partner};
use subgrant::applications::records;
use subgrant::kernel::{ApplicationId, Membership};
use subgrant::store::schema::rounds;

struct Scene {
    world: World,
    arta: Visitor,
    /// Of the partner organisation; writes for none here.
    besnik: Visitor,
    id: ApplicationId,
}

fn scene() -> Scene {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)").in_english();
    let besnik = world.person("Besnik Leka").in_english();
    let id = sample::draft(&world, &arta);
    Scene { world, arta, besnik, id }
}

impl Scene {
    fn at(&self, what: &str) -> String {
        format!("/applications/{}/{what}", self.id)
    }
    fn file(&self) -> File {
        self.world.read(|conn| records::by_id(conn, self.id).and_then(|application| records::draft_file(conn, &application)))
    }
    fn partner(&self) -> Partner {
        self.file().partners.partners.remove(0)
    }
    /// The partners' form with one box changed, sent by this button.
    fn press(&self, changed: &[(&str, &str)], button: (&str, &str)) -> Answered {
        let address = self.at("partners");
        let mut fields = self.arta.get(&address).expect(200).fields_of(&address);
        fields.retain(|(name, _)| !changed.iter().any(|(filled, _)| filled == name));
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.extend_from_slice(changed);
        fields.push(button);
        self.arta.post_as_is(&address, &fields)
    }
    /// Arta invites Besnik; the address of the letter's link.
    fn invite(&self) -> String {
        self.press(&[("partners.p1.email", self.besnik.email())], ("invite", "p1")).expect(303);
        self.link()
    }
    fn link(&self) -> String {
        let letters = self.world.letters_to(&self.besnik);
        let text = &letters.iter().rev().find(|letter| letter.code == "E00j").unwrap().text_body;
        format!("/invitations/{}", text.split("/invitations/").nth(1).unwrap().split(['?', '\n']).next().unwrap())
    }
    /// Invited and accepted: the address of his page.
    fn accepted(&self) -> String {
        let link = self.invite();
        self.besnik.get(&link).expect(200);
        self.besnik.post(&link, &[]).expect(303).location.unwrap()
    }
    fn sign(&self, page: &str) -> Answered {
        self.besnik.post(&format!("{page}/signature"), &[("signed_name", "Besnik Leka"), ("signed_as", "Director"), ("agreed", "yes")])
    }
    fn told(&self, person: &Visitor, code: &str) -> usize {
        self.world.letters_to(person).iter().filter(|letter| letter.code == code).count()
    }
    fn save(&self, page: &str, name: &str, text: &str) -> Answered {
        let base = self.besnik.get(page).expect(200).value_of("base");
        let mark = base.split(' ').skip_while(|word| *word != name).nth(1).unwrap_or_default().to_owned();
        self.besnik.post(&format!("/api/v1{page}/boxes"), &[("name", name), ("mark", &mark), ("text", text)])
    }
    fn partners_must_sign(&self) {
        let mut round = self.world.round("R3");
        round.terms.partners_sign = true;
        let terms = serde_json::to_string(&round.terms).unwrap();
        self.world.write(|conn| diesel::update(rounds::table.find(round.id)).set(rounds::terms.eq(&terms)).execute(conn));
    }
}

#[test]
fn a_partner_is_invited_writes_its_own_part_and_signs_it_and_the_signature_is_frozen() {
    let scene = scene();
    let page = scene.accepted();
    assert!(page.starts_with("/partnerships/"));
    let shown = scene.besnik.get(&page).expect(200);
    assert!(shown.main_text().contains(sample::TITLE) || shown.text("h1") == sample::TITLE);
    assert_eq!(shown.texts(".tasks li").len(), 10, "the task list");
    assert_eq!(shown.attributes(".tasks a", "href"), ["#own"], "only one's own part is open");
    assert!(scene.besnik.get("/applications").expect(200).attributes("a", "href").contains(&page));
    // By itself, and by the button.
    scene.save(&page, "partners.p1.role", "Besnik's role").expect(200);
    assert_eq!(scene.partner().role, "Besnik's role");
    let mut fields = scene.besnik.get(&page).expect(200).fields_of(&page);
    fields.retain(|(name, _)| name != "partners.p1.representative");
    fields.push(("partners.p1.representative".into(), "B. Leka".into()));
    scene.besnik.post_as_is(&page, &fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>()).expect(303);
    assert_eq!(scene.partner().representative, "B. Leka");
    // Signing wants everything; then name, capacity, time and words stand in the application.
    let again = scene.besnik.post(&format!("{page}/signature"), &[("signed_name", "Besnik Leka")]).expect(422);
    assert_eq!(again.value_of("signed_name"), "Besnik Leka");
    assert!(scene.partner().signed.is_none());
    scene.sign(&page).expect(303);
    assert_eq!(scene.told(&scene.arta, "E09-partner"), 1);
    assert!(
        scene.arta.get(&scene.at("partners")).expect(200).main_text().contains("Partner")
            && scene.arta.get(&scene.at("check")).body.contains("Signed by Besnik Leka, Director")
    );
    scene.arta.post(&scene.at("submission"), &[]).expect(303);
    let frozen = scene.world.read(|conn| records::frozen_file(conn, scene.id)).partners.partners.remove(0);
    let signed = frozen.signed.unwrap();
    assert_eq!((signed.name.as_str(), signed.capacity.as_str()), ("Besnik Leka", "Director"));
    assert!(signed.at <= scene.world.now() && signed.wording.en.starts_with("Our organisation knows"));
    // What was handed in is read, not written.
    assert!(!scene.besnik.get(&page).expect(200).has(&format!("form[action='{page}']")));
    scene.besnik.post(&format!("/api/v1{page}/boxes"), &[("name", "partners.p1.role"), ("mark", ""), ("text", "x")]).expect(422);
    scene.sign(&page).expect(422);
    assert!(scene.arta.get(&scene.at("read")).expect(200).body.contains("Signed by Besnik Leka"));
}

#[test]
fn a_partner_sees_and_does_nothing_else() {
    let scene = scene();
    let page = scene.accepted();
    let before = scene.file();
    for what in [
        "",
        "/partners",
        "/summary",
        "/description",
        "/budget",
        "/budget/workbook",
        "/declarations",
        "/attachments",
        "/check",
        "/read",
        "/receipt",
        "/history",
        "/description/boxes",
    ] {
        let address = format!("/applications/{}{what}", scene.id);
        scene.besnik.get(&address).expect(404);
        assert!(matches!(scene.besnik.get_json(&address).status, 404), "{address}");
    }
    for (what, fields) in [
        ("submission", vec![]),
        ("partners", vec![("partners.p1.name", "x")]),
        ("removal", vec![]),
        ("partners/p1/invitation", vec![]),
        ("partners/boxes", vec![("name", "partners.p1.role"), ("mark", ""), ("text", "x")]),
    ] {
        scene.besnik.post(&scene.at(what), &fields).expect(404);
    }
    scene.besnik.post(&format!("{page}/end"), &[]).expect(404);
    // Not even another box of the partners' part, nor another's partnership.
    let boxes = format!("/api/v1{page}/boxes");
    for name in ["partners.p2.name", "partners.p11.name", "problem", "name"] {
        scene.besnik.post(&boxes, &[("name", name), ("mark", ""), ("text", "x")]).expect(404);
        scene.besnik.post(&boxes, &[("name", "partners.p1.role"), ("mark", ""), ("text", "x"), ("name", name), ("mark", ""), ("text", "x")]).expect(404);
    }
    assert_eq!(scene.file(), before);
    let shown = scene.besnik.get(&page).expect(200);
    assert!(!shown.body.contains(&before.description.problem) && !shown.body.contains("7,720") && !shown.body.contains(scene.arta.email()));
    for other in [&scene.arta, &scene.world.applicant("Ilir", "Tjetër (example)")] {
        for address in [page.clone(), format!("{page}/boxes")] {
            other.get(&address).expect(404);
        }
        other.post(&page, &[("partners.p1.role", "x")]).expect(404);
        other.post(&format!("{page}/signature"), &[("signed_name", "x"), ("signed_as", "x"), ("agreed", "yes")]).expect(404);
    }
    // An invitation that another address got is not theirs to take.
    scene.besnik.get(&page).expect(200);
}

#[test]
fn a_call_may_want_every_partners_signature_and_a_change_takes_it_away() {
    let scene = scene();
    scene.partners_must_sign();
    let refused = scene.arta.post(&scene.at("submission"), &[]).expect(422);
    assert!(refused.text(".errsum").contains("“Society for Democratic Culture, Kukës Branch” has not signed"), "{}", refused.text(".errsum"));
    let page = scene.accepted();
    scene.sign(&page).expect(303);
    assert!(scene.partner().signed.is_some());
    // Who leads changes the role: what was signed is no longer what stands there.
    scene.press(&[("partners.p1.role", "Does everything")], ("go", "stay")).expect(303);
    assert!(scene.partner().signed.is_none());
    assert!(scene.arta.get(&scene.at("partners")).expect(200).body.contains("must be signed again"));
    assert!(
        scene.besnik.get(&page).expect(200).main_text().contains("does not count any more") || scene.besnik.get(&page).body.contains("does not count any more")
    );
    scene.arta.post(&scene.at("submission"), &[]).expect(422);
    scene.sign(&page).expect(303);
    scene.arta.post(&scene.at("submission"), &[]).expect(303);
}

#[test]
fn nobody_forges_a_partners_signature() {
    let scene = scene();
    let mut forged = scene.file().partners;
    let at = scene.world.now();
    forged.partners[0].signed =
        Some(subgrant::applications::content::PartnerSignature { name: "Besnik Leka".into(), capacity: "x".into(), at, wording: Default::default() });
    let actor = scene.world.actor(&scene.arta);
    let content = subgrant::applications::content::PartContent::Partners(forged);
    sample::act(&scene.world, &actor, |act| subgrant::applications::actions::save_part(act, scene.id, content, None));
    assert!(scene.partner().signed.is_none());
    scene.press(&[("partners.p1.signed", "x"), ("partners.p1.signed.name", "x")], ("go", "stay")).expect(303);
    assert!(scene.partner().signed.is_none());
}

#[test]
fn taking_the_partner_out_ends_its_access_also_while_somebody_types_and_a_new_row_is_another_partner() {
    let scene = scene();
    let page = scene.accepted();
    scene.sign(&page).expect(303);
    let open = scene.besnik.get(&page).expect(200);
    scene.press(&[], ("del", "partners.p1")).expect(303);
    assert_eq!(scene.told(&scene.besnik, "E00k"), 1);
    scene.besnik.get(&page).expect(404);
    let told = scene.besnik.post(&format!("/api/v1{page}/boxes"), &[("name", "partners.p1.role"), ("mark", ""), ("text", "still typing")]).expect(404).json();
    assert_eq!(told["reasons"][0]["code"], "no-longer-yours");
    let fields = open.fields_of(&page);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| name != "partners.p1.role")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([("partners.p1.role", "still typing")])
        .collect();
    let back = scene.besnik.post_as_is(&page, &fields).expect(404);
    assert!(back.texts(".kept-values li").contains(&"still typing".to_owned()));
    scene.arta.get(&scene.at("partners")).expect(200);
    // A row that comes back, or another under the same key, opens nothing and has no signature.
    let partners = sample::partners();
    let actor = scene.world.actor(&scene.arta);
    let content = subgrant::applications::content::PartContent::Partners(partners);
    sample::act(&scene.world, &actor, |act| subgrant::applications::actions::save_part(act, scene.id, content, None));
    scene.besnik.get(&page).expect(404);
    assert!(scene.partner().signed.is_none());
}

#[test]
fn an_invitation_is_sent_again_withdrawn_and_ended_by_those_who_lead() {
    let scene = scene();
    scene.press(&[("partners.p1.email", "no address")], ("invite", "p1")).expect(422);
    scene.press(&[("partners.p1.email", scene.besnik.email())], ("invite", "p9")).expect(404);
    let first = scene.invite();
    scene.press(&[], ("invite", "p1")).expect(303);
    scene.besnik.get(&first).expect(404);
    let second = scene.link();
    assert_eq!(scene.told(&scene.besnik, "E00j"), 2);
    // Somebody else who got hold of the letter gets nothing.
    scene.world.applicant("Ilir", "Tjetër (example)").post(&second, &[]).expect(422);
    let button = |what: &str| scene.arta.get(&scene.at("partners")).expect(200).attributes(&format!("button[name='{what}']"), "value").remove(0);
    scene.press(&[], ("end", &button("end"))).expect(303);
    scene.besnik.get(&second).expect(404);
    assert_eq!(scene.told(&scene.besnik, "E00k"), 0, "who never came is not sent away");
    // An editor of the organisation may invite too; one who is there is not invited over.
    let editor = scene.world.person("Drita");
    scene.world.join(&editor, scene.arta.organisation_id(), Membership::Editor);
    editor.post(&scene.at("partners/p1/invitation"), &[]).expect(303);
    let page = scene.besnik.post(&scene.link(), &[]).expect(303).location.unwrap();
    scene.arta.post(&scene.at("partners/p1/invitation"), &[]).expect(422);
    let partnership = button("end");
    assert_eq!(page, format!("/partnerships/{partnership}"));
    scene.arta.post(&format!("{page}/end"), &[]).expect(303);
    scene.besnik.get(&page).expect(404);
    assert_eq!(scene.told(&scene.besnik, "E00k"), 1);
    scene.arta.post(&format!("{page}/end"), &[]).expect(404);
}

#[test]
fn a_partner_without_an_account_makes_one_and_two_who_write_lose_nothing() {
    let scene = scene();
    scene.press(&[("partners.p1.email", "new.partner@example.org")], ("invite", "p1")).expect(303);
    let letters = scene.world.letters();
    let text = &letters.iter().find(|letter| letter.recipient == "new.partner@example.org").unwrap().text_body;
    let link = format!("/invitations/{}", text.split("/invitations/").nth(1).unwrap().split(['?', '\n']).next().unwrap());
    let newcomer = scene.world.stranger().in_english();
    let invited = newcomer.get(&link).expect(200).text("main");
    for told in ["Arta Hoxha invites you", sample::TITLE, "Qendra (example)", "25 October 2017, 17:00"] {
        assert!(invited.contains(told), "{told}: {invited}");
    }
    let page = newcomer.post(&link, &[("name", "Gjergj Prela"), ("language", "sq")]).expect(303).location.unwrap();
    let open = newcomer.get(&page).expect(200);
    let base = open.value_of("base");
    let mark = base.split(' ').skip_while(|word| *word != "partners.p1.role").nth(1).unwrap().to_owned();
    scene.press(&[("partners.p1.role", "Arta's words")], ("go", "stay")).expect(303);
    let answer =
        newcomer.post(&format!("/api/v1{page}/boxes"), &[("name", "partners.p1.role"), ("mark", &mark), ("text", "Gjergj's words")]).expect(200).json();
    assert_eq!(answer["meanwhile"][0]["theirs"], "Arta's words");
    assert_eq!(answer["colleague"]["name"], "Arta Hoxha");
    let fields: Vec<(String, String)> = open.fields_of(&page);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| name != "partners.p1.role")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([("partners.p1.role", "Gjergj's words")])
        .collect();
    let again = newcomer.post_as_is(&page, &fields).expect(422);
    assert_eq!(again.text(".theirs"), "Arta's words");
    assert_eq!(again.value_of("partners.p1.role"), "Gjergj's words");
    assert_eq!(scene.partner().role, "Arta's words");
    let boxes = newcomer.get_json(&format!("{page}/boxes?since=0")).expect(200).json();
    assert!(boxes["boxes"].as_array().unwrap().iter().all(|one| one["name"].as_str().unwrap().starts_with("partners.p1.")));
}

#[test]
fn who_has_a_role_in_the_fund_is_nobodys_partner_in_it() {
    let scene = scene();
    let reader = scene.world.staff("Dr. E. Marku", &[subgrant::kernel::Role::Evaluator]).in_english();
    scene.press(&[("partners.p1.email", reader.email())], ("invite", "p1")).expect(303);
    let text = scene.world.letters_to(&reader).pop().unwrap().text_body;
    let link = format!("/invitations/{}", text.split("/invitations/").nth(1).unwrap().split(['?', '\n']).next().unwrap());
    let refused = reader.post(&link, &[]).expect(422);
    assert!(refused.text(".errsum").contains("role in this fund"), "{}", refused.main_text());
    // Somebody else is invited in their place; the first letter opens nothing any more.
    let older = scene.invite();
    assert!(!reader.get(&link).expect(404).main_text().contains("newer invitation"), "it went to somebody else");
    // The same partner once more: the older letter says that there is a newer one.
    let newer = scene.invite();
    assert!(scene.besnik.get(&older).expect(404).main_text().contains("newer invitation"));
    scene.besnik.get(&newer).expect(200);
}
