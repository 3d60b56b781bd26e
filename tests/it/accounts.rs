//! Accounts over HTTP: signing up and in, second factor, sessions, tokens, organisations, invitations; and what nobody learns.
use crate::{Answered, Visitor, World};
use subgrant::accounts::second_factor::code_at;
use subgrant::accounts::{actions, passwords, records};
use subgrant::kernel::{Actor, Lang, Membership, Role};
use subgrant::web::{SESSION_COOKIE, csrf_of};
use subgrant::workflow::perform;

/// The secret of everybody whom the world makes.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// The link in the last letter to this address, from its `/` on.
fn link_to(world: &World, email: &str) -> String {
    let letters: Vec<_> = world.letters().into_iter().filter(|letter| letter.recipient == email).collect();
    let text = &letters.last().unwrap_or_else(|| panic!("no letter to {email}")).text_body;
    let line = text.lines().find_map(|line| line.find(&world.address).map(|at| &line[at..])).unwrap();
    line.trim_start_matches(&world.address).split_whitespace().next().unwrap().to_owned()
}

/// Somebody with a confirmed account and a password, not signed in anywhere.
fn registered(world: &World, email: &str, password: &str) -> subgrant::kernel::PersonId {
    let hash = passwords::hash(password).unwrap();
    perform(&world.app.desk, &Actor::system(), |act| {
        let new = actions::NewPerson { password_hash: Some(hash), ..actions::NewPerson::new(email, "Besa Leka", Lang::Sq).confirmed() };
        Ok(actions::register_person(act, &new)?.map(|person| person.id))
    })
    .unwrap()
}

fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Answered {
    visitor.post("/sign-in", &[("email", email), ("password", password)])
}

#[test]
fn somebody_signs_up_confirms_and_registers_an_organisation() {
    let world = World::new();
    let arta = world.stranger();
    arta.get("/sign-up").expect(200);
    let sent = arta.post("/sign-up", &[("name", "Arta Hoxha"), ("email", "Arta@Example.org"), ("language", "en")]).expect(303);
    assert_eq!(sent.location.as_deref(), Some("/sign-in/sent"));
    let letters = world.letters();
    assert_eq!((letters.len(), letters[0].code.as_str(), letters[0].recipient.as_str(), letters[0].lang), (1, "E00a", "arta@example.org", Lang::En));

    let link = link_to(&world, "arta@example.org");
    // A mail scanner opens the link: nothing is used up.
    world.stranger().get(&link).expect(200);
    let landed = arta.get(&link).expect(200);
    assert!(landed.has("input[name=password]"));
    arta.post(&link, &[("password", "short")]).expect(422);
    let signed_in = arta.post(&link, &[("password", "tri fjalë të mira")]).expect(303);
    assert_eq!(signed_in.location.as_deref(), Some("/organisations/new"));
    assert_eq!(arta.get("/account").expect(200).value_of("name"), "Arta Hoxha");

    // The NIPT is read however it is typed; a wrong one is shown again with everything that was typed.
    let wrong = arta.post("/organisations/new", &[("nipt", "123"), ("name", "Qendra Drin (example)"), ("legal_form", "center")]).expect(422);
    assert_eq!(wrong.value_of("name"), "Qendra Drin (example)");
    assert!(wrong.has("#nipt-error") && wrong.has("#municipality-error"));
    let form = [("nipt", "AL k31525146h"), ("name", "Qendra Drin (example)"), ("legal_form", "center"), ("municipality", "kukes")];
    let made = arta.post("/organisations/new", &form).expect(303).follow().expect(200);
    assert!(made.body.contains("K31525146H"));
    // Signed out, the password signs in again.
    arta.post("/sign-out", &[]).expect(303);
    arta.get("/account").expect(303);
    let again = world.stranger();
    sign_in(&again, "arta@example.org", "tri fjalë të mira").expect(303);
    again.get("/account").expect(200);
}

#[test]
fn a_link_works_once_and_for_half_an_hour() {
    let world = World::new();
    registered(&world, "besa@example.org", "katër fjalë në radhë");
    let ask = |visitor: &Visitor| visitor.post("/sign-in/link", &[("email", "besa@example.org"), ("then", "/account")]).expect(303);
    let besa = world.stranger();
    ask(&besa);
    let link = link_to(&world, "besa@example.org");
    let (path, _) = link.split_once('?').expect("the letter remembers where to go on to");
    assert_eq!(besa.get(&link).expect(200).value_of("then"), "/account");
    assert_eq!(besa.post(path, &[("then", "/account")]).expect(303).location.as_deref(), Some("/account"));
    besa.get("/account").expect(200);
    let other = world.stranger();
    other.get(path).expect(404);
    other.post(path, &[]).expect(404);
    other.get("/account").expect(303);

    ask(&other);
    let late = link_to(&world, "besa@example.org");
    world.at("2017-10-20T11:31");
    other.post(late.split('?').next().unwrap(), &[]).expect(404);
    // Nowhere but within the site.
    let third = world.stranger();
    for elsewhere in ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/sign-out"] {
        let page = third.get(&format!("/sign-in?then={elsewhere}")).expect(200);
        assert_eq!(page.value_of("then"), "", "{elsewhere}");
    }
}

#[test]
fn nobody_learns_whether_an_account_exists() {
    let world = World::new();
    registered(&world, "besa@example.org", "katër fjalë në radhë");
    let bare = |answer: &Answered| (answer.status, answer.location.clone(), answer.main_text());
    for path in ["/sign-up", "/sign-in/link"] {
        let known = world.stranger().post(path, &[("name", "X Y"), ("email", "besa@example.org"), ("language", "sq")]);
        let unknown = world.stranger().post(path, &[("name", "X Y"), ("email", "nobody@example.org"), ("language", "sq")]);
        assert_eq!(bare(&known), bare(&unknown), "{path}");
    }
    let known = sign_in(&world.stranger(), "besa@example.org", "wrong password").expect(422);
    let unknown = sign_in(&world.stranger(), "nobody2@example.org", "wrong password").expect(422);
    assert_eq!(known.main_text(), unknown.main_text());
    // Only the mailbox learns it.
    let codes: Vec<_> = world.letters().into_iter().filter(|letter| letter.recipient == "besa@example.org").map(|letter| letter.code).collect();
    assert_eq!(codes, ["E00b", "E00"]);
    // Whoever signed up first with somebody's address has set nothing on it: the name waits, a password was never asked.
    let person = world.read(|conn| records::person_by_email(conn, "nobody@example.org")).unwrap();
    assert!(person.password_hash.is_none() && person.email_confirmed_at.is_none());
}

#[test]
fn wrong_passwords_are_slowed_down_and_nobody_else_is() {
    let world = World::new();
    registered(&world, "besa@example.org", "katër fjalë në radhë");
    registered(&world, "drita@example.org", "pesë fjalë në një radhë");
    let thief = world.stranger();
    for _ in 0..5 {
        sign_in(&thief, "besa@example.org", "guess guess").expect(422);
    }
    let slow = sign_in(&thief, "besa@example.org", "katër fjalë në radhë").expect(429);
    assert!(slow.header("retry-after").is_some());
    // The same address, another account: eight people may sit behind one router.
    sign_in(&world.stranger(), "drita@example.org", "pesë fjalë në një radhë").expect(303);
    // The account itself still gets in by its mailbox.
    let besa = world.stranger();
    besa.post("/sign-in/link", &[("email", "besa@example.org")]).expect(303);
    besa.post(&link_to(&world, "besa@example.org"), &[]).expect(303);
    besa.get("/account").expect(200);
    world.at("2017-10-20T11:06");
    sign_in(&thief, "besa@example.org", "katër fjalë në radhë").expect(303);
}

#[test]
fn a_mailbox_is_not_flooded_and_eight_applicants_behind_one_address_all_get_their_links() {
    let world = World::new();
    for number in 0..8 {
        let email = format!("applicant{number}@example.org");
        registered(&world, &email, "katër fjalë në radhë");
        for _ in 0..3 {
            world.stranger().post("/sign-in/link", &[("email", &email)]).expect(303);
        }
    }
    assert_eq!(world.letters().len(), 24);
    let visitor = world.stranger();
    visitor.post("/sign-in/link", &[("email", "applicant0@example.org")]).expect(303);
    visitor.post("/sign-in/link", &[("email", "applicant0@example.org")]).expect(303);
    visitor.post("/sign-in/link", &[("email", "applicant0@example.org")]).expect(429);
}

#[test]
fn whoever_has_a_role_shows_a_code_and_a_code_works_once() {
    let world = World::new();
    let id = registered(&world, "mira@example.org", "katër fjalë në radhë");
    world.give_role(id, Some(world.pact().id), Role::GrantManager);
    let mira = world.stranger();
    let first = sign_in(&mira, "mira@example.org", "katër fjalë në radhë").expect(303);
    assert_eq!(first.location.as_deref(), Some("/sign-in/code"));
    let before = mira.cookie(SESSION_COOKIE).unwrap();
    // Half signed in is not signed in.
    assert_eq!(mira.get("/account").expect(303).location.as_deref(), Some("/sign-in?then=/account"));
    let enrol = mira.get("/sign-in/code").expect(200);
    assert!(enrol.has("svg.qr"));
    let secret = enrol.text("code.secret").replace(' ', "");
    assert_eq!(mira.get("/sign-in/code").expect(200).text("code.secret").replace(' ', ""), secret, "the square stays the same");
    mira.post("/sign-in/code", &[("code", "000000")]).expect(422);
    let code = code_at(&secret, world.now()).unwrap();
    mira.post("/sign-in/code", &[("code", &code)]).expect(303);
    mira.get("/account").expect(200);
    assert_ne!(mira.cookie(SESSION_COOKIE).unwrap(), before, "the session is a new one");

    // The same code again, on another device.
    let thief = world.stranger();
    sign_in(&thief, "mira@example.org", "katër fjalë në radhë").expect(303);
    assert!(!thief.get("/sign-in/code").expect(200).has("svg.qr"), "the secret is never shown again");
    thief.post("/sign-in/code", &[("code", &code)]).expect(422);
    thief.get("/account").expect(303);
    world.at("2017-10-20T11:02");
    let next = code_at(&secret, world.now()).unwrap();
    thief.post("/sign-in/code", &[("code", &next)]).expect(303);
    thief.get("/account").expect(200);
    // The session from before the second factor opens nothing.
    let old = world.stranger();
    old.set_cookie(SESSION_COOKIE, &before);
    old.get("/account").expect(303);
    // And codes cannot be tried without end.
    let guesser = world.stranger();
    sign_in(&guesser, "mira@example.org", "katër fjalë në radhë").expect(303);
    let answers: Vec<u16> = (0..8).map(|_| guesser.post("/sign-in/code", &[("code", "000000")]).status).collect();
    assert!(answers.contains(&429), "{answers:?}");
}

#[test]
fn sessions_end_when_nothing_comes_sooner_for_staff() {
    let world = World::new();
    let besa = world.stranger();
    registered(&world, "besa@example.org", "katër fjalë në radhë");
    sign_in(&besa, "besa@example.org", "katër fjalë në radhë").expect(303);
    world.at("2017-11-18T11:00");
    besa.get("/account").expect(200);
    world.at("2017-12-17T11:00");
    besa.get("/account").expect(200);
    world.at("2018-01-17T11:00");
    besa.get("/account").expect(303);

    world.at("2018-01-20T08:00");
    let mira = world.staff("Mira Kola", &[Role::GrantManager]);
    let cookie = perform(&world.app.desk, &Actor::system(), |act| {
        actions::open_session(act, mira.person_id(), &actions::From::default(), true).map(|opened| opened.map(|opened| opened.token))
    })
    .unwrap();
    mira.set_cookie(SESSION_COOKIE, &cookie);
    world.at("2018-01-20T19:00");
    mira.get("/account").expect(200);
    world.at("2018-01-21T06:00");
    mira.get("/account").expect(200);
    world.at("2018-01-21T19:00");
    mira.get("/account").expect(303);
}

#[test]
fn a_session_is_revoked_and_a_new_password_ends_the_others() {
    let world = World::new();
    registered(&world, "besa@example.org", "katër fjalë në radhë");
    let (phone, office) = (world.stranger(), world.stranger());
    sign_in(&phone, "besa@example.org", "katër fjalë në radhë").expect(303);
    sign_in(&office, "besa@example.org", "katër fjalë në radhë").expect(303);
    let actions = office.get("/account").expect(200).attributes("form[action^='/account/sessions/']", "action");
    assert_eq!(actions.len(), 1, "one's own session has no button");
    // Somebody else's session is not there.
    world.applicant("Ilir Gjoka", "Qendra (example)").post(&actions[0], &[]).expect(404);
    office.post(&actions[0], &[]).expect(303);
    phone.get("/account").expect(303);
    office.get("/account").expect(200);

    let phone = world.stranger();
    sign_in(&phone, "besa@example.org", "katër fjalë në radhë").expect(303);
    office.post("/account/password", &[("password_old", "wrong"), ("password", "një fjalëkalim i ri")]).expect(422);
    office.post("/account/password", &[("password_old", "katër fjalë në radhë"), ("password", "një fjalëkalim i ri")]).expect(303);
    phone.get("/account").expect(303);
    office.get("/account").expect(200);
    sign_in(&world.stranger(), "besa@example.org", "një fjalëkalim i ri").expect(303);
}

#[test]
fn a_form_without_its_token_or_with_another_sessions_is_refused() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)");
    let ilir = world.applicant("Ilir Gjoka", "Shoqata (example)");
    arta.post_as_is("/account", &[("name", "X Y")]).expect(422);
    arta.post_as_is("/account", &[("name", "X Y"), ("csrf", &ilir.csrf())]).expect(422);
    arta.post_as_is("/account", &[("name", "X Y"), ("csrf", &csrf_of("visitor"))]).expect(422);
    assert_eq!(arta.get("/account").value_of("name"), "Arta Hoxha");
    // Strangers' forms as well; and what is typed there is kept nowhere.
    for path in ["/sign-in", "/sign-in/link", "/sign-up"] {
        let stranger = world.stranger();
        stranger.post_as_is(path, &[("email", "besa@example.org"), ("password", "geheim geheim")]).expect(422);
        assert_eq!(stranger.cookie("parked"), None);
    }
    assert_eq!(world.letters().len(), 0);
}

#[test]
fn what_was_typed_survives_a_session_that_ended() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)");
    let email = arta.email().to_owned();
    let path = format!("/organisations/{}", arta.organisation_id());
    let mut fields = arta.get(&path).expect(200).fields_of(&path);
    for (name, value) in &mut fields {
        if name == "mission" {
            *value = "Rreshti i parë\nRreshti i dytë me “thonjëza” & <shenja>".into();
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    // The session ends while she writes.
    let session = arta.cookie(SESSION_COOKIE).unwrap();
    world.write(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::sessions as t;
        diesel::delete(t::table.filter(t::token_hash.eq(subgrant::kernel::fingerprint(session.as_bytes())))).execute(conn)
    });
    let away = arta.post_as_is(&path, &fields).expect(303);
    assert!(away.location.as_deref().unwrap().starts_with("/sign-in?then="));
    // The sign-in page gives her browser a visitor's cookie, to which its form belongs.
    let page = away.follow().expect(200);
    let csrf = page.value_of("csrf");
    arta.post_as_is("/sign-in/link", &[("csrf", &csrf), ("email", &email)]).expect(303);
    let signed_in = arta.post_as_is(&link_to(&world, &email), &[("csrf", &csrf)]).expect(303);
    // She has a second factor, as everybody in this world.
    assert_eq!(signed_in.location.as_deref(), Some("/sign-in/code"));
    let kept = arta.post("/sign-in/code", &[("code", &code_at(SECRET, world.now()).unwrap())]).expect(303).follow().expect(200);
    assert!(kept.main_text().contains("Rreshti i dytë me “thonjëza” & <shenja>"), "{}", kept.main_text());
    let again = kept.fields_of(&path);
    let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    arta.post_as_is(&path, &again).expect(303);
    assert_eq!(arta.get(&path).value_of("mission"), "Rreshti i parë\nRreshti i dytë me “thonjëza” & <shenja>");
}

#[test]
fn a_program_comes_with_a_token_until_it_is_revoked() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)");
    let made = arta.post("/account/tokens", &[("token_name", "Tabela")]).expect(200);
    let token = made.text("code.secret");
    assert_eq!(token.len(), 64);
    assert!(!arta.get("/account").body.contains(&token), "it is shown once");
    arta.post("/account/tokens", &[("token_name", "Tabela")]).expect(422);
    let program = Visitor::new(&world, &[], None);
    let ask = |token: &str| program.send(program.request("GET", "/api/v1/account").header("authorization", format!("Bearer {token}")));
    assert_eq!(ask(&token).expect(200).json()["name"], "Arta Hoxha");
    ask("0123").expect(401);
    ask("").expect(401);
    // No cookie helps whoever shows a wrong token.
    let mixed = arta.send(arta.request("GET", "/api/v1/account").header("authorization", "Bearer 0123"));
    assert_eq!(mixed.status, 401);
    let revoke = arta.get("/account").attributes("form[action^='/account/tokens/']", "action");
    arta.post(&revoke[0], &[]).expect(303);
    ask(&token).expect(401);
}

#[test]
fn an_organisation_is_registered_once_and_its_owner_hears_who_asked() {
    let world = World::new();
    let (arta, ilir) = (world.person("Arta Hoxha"), world.person("Ilir Gjoka"));
    let form = [("nipt", "L71021000A"), ("name", "Qendra Drin (example)"), ("legal_form", "association"), ("municipality", "has")];
    arta.post("/organisations/new", &form).expect(303);
    for _ in 0..2 {
        let taken = ilir.post("/organisations/new", &form).expect(422);
        assert!(taken.has("#nipt-error"));
        assert_eq!(taken.value_of("name"), "Qendra Drin (example)");
    }
    let letters = world.letters_to(&arta);
    assert_eq!(letters.iter().map(|letter| letter.code.as_str()).collect::<Vec<_>>(), ["E00e"], "asked twice, told once");
    assert!(letters[0].text_body.contains("Ilir Gjoka") && letters[0].text_body.contains(ilir.email()));
    let organisation = world.actor(&arta).organisations[0].0;
    ilir.get(&format!("/organisations/{organisation}")).expect(404);
    ilir.post(&format!("/organisations/{organisation}"), &[("name", "Mine")]).expect(404);
}

#[test]
fn a_colleague_is_invited_accepts_with_a_new_account_and_takes_over() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)");
    let organisation = arta.organisation_id();
    let people = format!("/organisations/{organisation}/people");
    arta.post(&people, &[("email", "not an address"), ("membership", "editor")]).expect(422);
    arta.post(&people, &[("email", "Drita@Example.org"), ("membership", "signatory")]).expect(303);
    let replaced = link_to(&world, "drita@example.org");
    // The letter's language is the page's, whatever the browser wishes.
    assert!(replaced.ends_with("?lang=sq"), "{replaced}");
    let wishes = |path: &str| world.stranger().send(arta.request("GET", path).header("accept-language", "en"));
    let shown = wishes(&replaced).expect(200);
    assert!(shown.main_text().contains("Ju fton Arta Hoxha") && shown.text("h1").contains("Qendra (example)"), "{}", shown.main_text());
    // Invited again, with another role: the older letter says so.
    arta.post(&people, &[("email", "drita@example.org"), ("membership", "editor")]).expect(303);
    arta.post(&people, &[("email", "drita@example.org"), ("membership", "signatory")]).expect(303);
    let old = wishes(&replaced).expect(404);
    assert!(old.main_text().contains("hapni letrën e fundit"), "{}", old.main_text());
    assert_eq!(world.read(|conn| records::open_invitations(conn, subgrant::accounts::InvitedTo::Organisation(organisation), world.now())).len(), 1);
    let link = link_to(&world, "drita@example.org");
    // Somebody else who got hold of the letter is told so, and gets nothing.
    let ilir = world.person("Ilir Gjoka");
    assert!(ilir.get(&link).expect(200).main_text().contains("drita@example.org"));
    ilir.post(&link, &[]).expect(422);
    assert!(world.actor(&ilir).organisations.is_empty());
    // Drita has no account yet.
    let drita = world.stranger();
    drita.get(&link).expect(200);
    drita.post(&link, &[("name", ""), ("language", "sq")]).expect(422);
    let welcomed = drita.post(&link, &[("name", "Drita Prela"), ("language", "sq")]).expect(303);
    assert_eq!(welcomed.location.as_deref(), Some("/applications"));
    assert!(welcomed.follow().body.contains("Mirë se erdhët te Qendra (example)!"));
    assert!(wishes(&replaced).expect(404).main_text().contains("U pranua"), "the newer one was accepted");
    drita.get(&format!("/organisations/{organisation}")).expect(200);
    world.stranger().get(&link).expect(404);
    let members = |world: &World| world.read(|conn| records::members(conn, organisation));
    let dritas = members(&world).into_iter().find(|(person, _)| person.email == "drita@example.org").unwrap();
    assert_eq!(dritas.1, Membership::Signatory);
    // Only the owner runs the people; the last owner cannot go, but can hand over.
    drita.post(&people, &[("email", "x@example.org"), ("membership", "editor")]).expect(403);
    let self_address = format!("{people}/{}", arta.person_id());
    arta.post(&self_address, &[("do", "remove")]).expect(422);
    let drita_id = dritas.0.id.to_string();
    arta.post(&format!("/organisations/{organisation}/handover"), &[("heir", &drita_id)]).expect(303);
    let owners: Vec<_> = members(&world).into_iter().filter(|(_, membership)| *membership == Membership::Owner).map(|(person, _)| person.email).collect();
    assert_eq!(owners, ["drita@example.org"]);
    drita.post(&self_address, &[("do", "remove")]).expect(303);
    arta.get(&format!("/organisations/{organisation}")).expect(404);
}

#[test]
fn roles_are_given_by_invitation_and_taken_away_and_a_lost_phone_is_reset() {
    let world = World::new();
    let slug = world.pact().slug;
    let people = format!("/{slug}/people");
    let director = world.staff("Gent Dushi", &[Role::Director]);
    let administrator = world.staff("Ana Marku", &[Role::Administrator]);
    let manager = world.staff("Mira Kola", &[Role::GrantManager]);
    for nobody in [&manager, &world.applicant("Arta Hoxha", "Qendra (example)")] {
        nobody.get(&people).expect(404);
        nobody.post(&people, &[("email", "x@example.org"), ("role", "evaluator")]).expect(404);
    }
    director.post(&people, &[("email", "ben@example.org"), ("role", "")]).expect(422);
    director.post(&people, &[("email", "ben@example.org"), ("role", "evaluator")]).expect(303);
    let ben = world.stranger();
    let link = link_to(&world, "ben@example.org");
    assert_eq!(world.letters().last().unwrap().code, "E00c");
    let joined = ben.post(&link, &[("name", "Ben Kraja"), ("language", "en")]).expect(303);
    // With a role comes the second factor, at once.
    assert!(joined.location.as_deref().unwrap().starts_with("/sign-in/code"));
    let secret = ben.get("/sign-in/code").expect(200).text("code.secret").replace(' ', "");
    ben.post("/sign-in/code", &[("code", &code_at(&secret, world.now()).unwrap())]).expect(303);
    ben.get("/account").expect(200);
    // A phone is lost: the administrator resets, the director may not.
    let page = administrator.get(&people).expect(200);
    let id = world.read(|conn| records::person_by_email(conn, "ben@example.org")).unwrap().id;
    let reset = format!("{people}/{id}/second-factor");
    assert!(page.attributes("form", "action").contains(&reset));
    director.post(&reset, &[]).expect(403);
    administrator.post(&reset, &[]).expect(303);
    ben.get("/account").expect(303);
    assert_eq!(world.letters().last().unwrap().code, "E00f");
    // The role is taken away; nobody takes their own.
    let roles = administrator.get(&people).attributes("form[action*='/roles/']", "action");
    let before = roles.len();
    let bens = world.read(|conn| records::holders(conn, world.pact().id)).into_iter().find(|holder| holder.person.id == id).unwrap().id;
    director.post(&format!("/{slug}/roles/{bens}"), &[]).expect(303);
    assert_eq!(administrator.get(&people).attributes("form[action*='/roles/']", "action").len(), before - 1);
    let own = world.read(|conn| records::holders(conn, world.pact().id)).into_iter().find(|holder| holder.person.id == director.person_id()).unwrap().id;
    director.post(&format!("/{slug}/roles/{own}"), &[]).expect(422);
}

#[test]
fn a_session_costs_three_statements_and_a_stranger_none() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)");
    arta.get("/account").expect(200);
    // An address that no door could have: not even a fund is looked for.
    let (_, signed_in) = world.statements(|| arta.get("/not/a/door/at/all"));
    let (_, stranger) = world.statements(|| world.stranger().get("/not/a/door/at/all"));
    let (_, account) = world.statements(|| arta.get("/account"));
    assert!(signed_in <= 4, "{signed_in}");
    assert_eq!(stranger, 0);
    // On PostgreSQL each of the two looks also asks its connection whether it is alive.
    let alive = if world.store().is_sqlite() { 0 } else { 2 };
    assert!(account <= 8 + alive, "{account}");
}

#[test]
fn user_add_makes_the_first_administrator() {
    let world = World::new();
    let add = |email: &str, fund: Option<&str>, role: Option<Role>| {
        perform(&world.app.desk, &Actor::system(), |act| subgrant::programmes::actions::add_user(act, email, "Ana Marku", Lang::Sq, fund, role))
    };
    let link = add("ana@example.org", None, Some(Role::Administrator)).unwrap();
    assert!(add("ben@example.org", None, Some(Role::Director)).is_err());
    assert!(add("ben@example.org", Some("nowhere"), Some(Role::Director)).is_err());
    let ana = world.stranger();
    let half = ana.post(link.trim_start_matches(&world.address), &[]).expect(303);
    assert!(half.location.as_deref().unwrap().starts_with("/sign-in/code"));
    // A second time gives no second role, and another link.
    assert_ne!(add("ana@example.org", None, Some(Role::Administrator)).unwrap(), link);
    let actor = world.read(|conn| {
        let id = records::person_by_email(conn, "ana@example.org")?.unwrap().id;
        records::actor(conn, id)
    });
    assert_eq!(actor.roles, [(None, Role::Administrator)]);
}

#[test]
fn whoever_signs_up_from_a_call_is_led_back_to_it() {
    let world = World::new();
    world.pact();
    let link_in = |email: &str| {
        let letters: Vec<_> = world.letters().into_iter().filter(|letter| letter.recipient == email).collect();
        let text = letters.last().expect("a letter").text_body.clone();
        let at = text.find("/sign-in/link/").expect("a link");
        text[at..].split_whitespace().next().unwrap().to_owned()
    };
    let beginning = "/pact/calls/R3/applications";
    let new = world.stranger();
    let way_in = new.get("/pact/calls/R3").expect(200).attributes("a.btn[href^='/sign-up']", "href").remove(0);
    let page = new.get(&way_in).expect(200);
    assert_eq!(page.value_of("then"), beginning);
    let wish = page.value_of("then");
    new.post("/sign-up", &[("name", "Besa Marku"), ("email", "besa@example.org"), ("language", "en"), ("then", &wish)]).expect(303);
    let link = link_in("besa@example.org");
    let landed = new.get(&link).expect(200);
    let to = landed.attributes("form[action^='/sign-in/link/']", "action").remove(0);
    assert_eq!(new.post(&to, &[("then", &landed.value_of("then"))]).expect(303).location.as_deref(), Some(beginning));
    // Without an organisation the beginning leads to one, and from there back.
    let there = new.get(beginning).expect(303).location.unwrap();
    assert!(there.starts_with("/organisations/new?then=") && new.get(&there).expect(200).value_of("then") == beginning, "{there}");
    // A foreign address is no wish.
    assert_eq!(world.stranger().get("/sign-up?then=//elsewhere.example").expect(200).value_of("then"), "");
    // A link that wishes for nothing leads an applicant to the applications.
    let fields = [("nipt", "L12345678A"), ("name", "Qendra Besa (example)"), ("legal_form", "center"), ("municipality", "shkoder"), ("then", beginning)];
    assert_eq!(new.post("/organisations/new", &fields).expect(303).location.as_deref(), Some(beginning));
    let tab = world.stranger();
    tab.get("/sign-in").expect(200);
    tab.post("/sign-in/link", &[("email", "besa@example.org")]).expect(303);
    let to = link_in("besa@example.org");
    tab.get(&to).expect(200);
    assert_eq!(tab.post(&to, &[]).expect(303).location.as_deref(), Some("/applications"));
}
