//! A round of the demo from its call to its award: who registers, writes and submits when; how the office and the readers work through it.
use super::{Play, cast, judging, material};
use crate::accounts::actions::{NewOrganisation, create_organisation};
use crate::applications::actions as writing;
use crate::calls::{self, Round};
use crate::kernel::{Error, Instant, Lang, Result, fault};

/// Seconds in a working hour, and how an office day begins.
const HOUR: i64 = 3_600;

pub(super) fn plan(play: &mut Play, code: &str) -> Result<()> {
    let id = *play.rounds.get(code).ok_or(Error::NotFound)?;
    let round = play.look(|conn| calls::records::find(conn, id))?;
    play.calendar.put(round.opens_at, move |play| play.as_person(cast::MANAGER, |act| calls::actions::publish(act, id)).map(drop));
    let places: Vec<usize> = play.material.applications.iter().enumerate().filter(|(_, a)| a.round == code).map(|(place, _)| place).collect();
    let arriving = i32::try_from(places.iter().filter(|place| serial(play, **place).is_some()).count()).unwrap_or(0);
    for place in places {
        plan_application(play, &round, place, arriving);
    }
    super::checking::plan(play, &round);
    if code == "R3" {
        super::questions::plan(play, id)?;
    } else {
        judging::plan(play, &round);
    }
    Ok(())
}

fn serial(play: &Play, place: usize) -> Option<i32> {
    play.material.applications.get(place).and_then(|application| application.serial)
}

/// One in six arrives in the last ten days, all the others on the last one: so it was with 93 of 108 and 123 of 131 elsewhere.
fn arrival(round: &Round, serial: i32, arriving: i32) -> Instant {
    let early = arriving / 6;
    if serial <= early {
        let days = i64::from((early - serial) * 9 / early.max(1) + 1);
        round.closes_at.plus_days(-days).plus_seconds(-HOUR * 2 - i64::from(serial) * 311)
    } else {
        // From nine in the morning of the last day until some seconds before the end.
        let share = i64::from(arriving - serial) * (8 * HOUR - 120) / i64::from(arriving - early).max(1);
        round.closes_at.plus_seconds(-share - 58)
    }
}

fn plan_application(play: &mut Play, round: &Round, place: usize, arriving: i32) {
    let round = round.clone();
    let begins = play.material.applications.get(place).and_then(|application| application.serial).map_or_else(
        // Those who will not finish begin late.
        || round.closes_at.plus_days(-6).plus_seconds(i64::try_from(place).unwrap_or(0) % 5 * HOUR * 5),
        |serial| arrival(&round, serial, arriving).plus_days(-7).plus_seconds(-HOUR),
    );
    play.calendar.put(begins, move |play| {
        let Some(application) = play.material.applications.get(place).cloned() else { return Ok(()) };
        register(play, &application.organisation)?;
        let organisation = *play.organisations.get(&application.organisation).ok_or(Error::NotFound)?;
        let lang = if application.pack == "R1-22" { Lang::En } else { Lang::Sq };
        let started = play.as_person(&application.organisation, |act| writing::start(act, round.id, organisation, lang))?;
        play.applications.insert(place, started.id);
        let Some(serial) = application.serial else { return half_write(play, &round, place) };
        let submits = arrival(&round, serial, arriving);
        let (first, second) = (round.clone(), round.clone());
        play.calendar.put(submits.plus_days(-4), move |play| write(play, &first, place, 0..5));
        play.calendar.put(submits.plus_seconds(-HOUR / 3), move |play| write(play, &second, place, 5..8));
        play.calendar.put(submits, move |play| submit(play, place));
        Ok(())
    });
}

/// The first time that an organisation applies its person signs up and registers it.
pub(super) fn register(play: &mut Play, key: &str) -> Result<()> {
    if play.organisations.contains_key(key) {
        return Ok(());
    }
    let organisation = play.material.organisation(key).cloned().ok_or_else(|| fault(format!("the demo has no organisation {key:?}")))?;
    play.register(key, &organisation.person, &organisation.email, Lang::Sq)?;
    let new = NewOrganisation {
        nipt: organisation.nipt.clone(),
        name: organisation.name.clone(),
        acronym: if key == "didck" { "DIDCK".into() } else { String::new() },
        legal_form: organisation.legal_form,
        municipality: organisation.municipality.clone(),
        profile: material::profile(&organisation),
    };
    let id = play.as_person(key, |act| create_organisation(act, &new))?.id;
    play.organisations.insert(key.into(), id);
    // They own an organisation now: the next time they are asked for anew.
    let person = play.person(key)?;
    play.actors.remove(&person);
    Ok(())
}

/// Saves some of the parts, in their order.
fn write(play: &mut Play, round: &Round, place: usize, parts: std::ops::Range<usize>) -> Result<()> {
    let material = play.material.clone();
    let application = material.applications.get(place).ok_or(Error::NotFound)?;
    let signer = material.organisation(&application.organisation).map(|organisation| organisation.person.clone()).unwrap_or_default();
    let id = play.application(place)?;
    for content in material.parts(application, round, &signer)?.into_iter().skip(parts.start).take(parts.len()) {
        play.as_person(&application.organisation, |act| writing::save_part(act, id, content, None))?;
    }
    if parts.end == 8 { attach(play, round, place) } else { Ok(()) }
}

/// The first two or three parts, and no more.
fn half_write(play: &mut Play, round: &Round, place: usize) -> Result<()> {
    write(play, round, place, 0..2 + place % 2)
}

fn attach(play: &mut Play, round: &Round, place: usize) -> Result<()> {
    let material = play.material.clone();
    let application = material.applications.get(place).ok_or(Error::NotFound)?;
    let organisation = material.organisation(&application.organisation).ok_or(Error::NotFound)?;
    let id = play.application(place)?;
    let partners = material.parts(application, round, &organisation.person)?.into_iter().find_map(|content| match content {
        crate::applications::content::PartContent::Partners(partners) => Some(partners.partners),
        _ => None,
    });
    for (document, name, bytes) in material::papers(round, organisation, &partners.unwrap_or_default()) {
        let stored = play.app.files.keep(&bytes)?;
        let paper = writing::Paper { document, stored, name, media_type: "application/pdf".into() };
        play.as_person(&application.organisation, |act| writing::attach(act, id, paper))?;
    }
    Ok(())
}

fn submit(play: &mut Play, place: usize) -> Result<()> {
    let material = play.material.clone();
    let application = material.applications.get(place).ok_or(Error::NotFound)?;
    let id = play.application(place)?;
    let receipt = play.as_person(&application.organisation, |act| crate::applications::submission::submit(act, id))?;
    let expected = application.serial.map(|serial| format!("{}-{serial:02}", application.round));
    if expected.as_ref() == Some(&receipt.code) { Ok(()) } else { Err(fault(format!("{} arrived as {}", application.title, receipt.code))) }
}
