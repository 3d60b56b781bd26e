//! Letters of an application: the receipt (E09), ready for signature and sent back (E09-ready, E09-back), the withdrawal (E11), the reminders (E05, E06), a later deadline of its own (E03).
use super::content::{File, Partner, PartnerSignature};
use super::rules::Reminder;
use super::{Application, DeadlineDecision, Status, Submission};
use crate::accounts::actions::PartnerInvitation;
use crate::accounts::records as accounts;
use crate::calls::Round;
use crate::kernel::{Bilingual, Instant, Lang, Reason, Result, Role};
use crate::workflow::letters::{Letter, Recipient};
use crate::workflow::{Act, Subject};

/// Everybody who writes for the organisation, the contact person and the legal representative; each address once.
fn everybody(act: &mut Act<'_>, application: &Application, file: &File) -> Result<Vec<Recipient>> {
    let mut recipients = accounts::recipients_of(act.conn, application.organisation_id)?;
    let profile = &file.organisation.profile;
    for (name, email) in [(&profile.contact, &profile.contact_email), (&profile.representative, &profile.representative_email)] {
        add(&mut recipients, name, email, application.lang);
    }
    Ok(recipients)
}

fn add(recipients: &mut Vec<Recipient>, name: &str, email: &str, lang: Lang) {
    let email = email.trim().to_lowercase();
    if email.contains('@') && !recipients.iter().any(|known| known.email.to_lowercase() == email) {
        recipients.push(Recipient { person: None, name: name.to_owned(), email, lang });
    }
}

#[derive(Clone, serde::Serialize)]
struct Paper {
    name: String,
    kilobytes: i64,
    sha256: String,
}

#[derive(Clone, serde::Serialize)]
struct Received<'a> {
    application: String,
    code: &'a str,
    title: &'a str,
    organisation: &'a str,
    round: &'a Bilingual,
    requested: crate::kernel::Money,
    submitted_at: Instant,
    number: i32,
    submitted_by: &'a str,
    sha256: &'a str,
    papers: Vec<Paper>,
    closes_at: Instant,
    results_days: i64,
    /// Whether there is a PDF of it.
    pdf: bool,
}

/// The receipt of a submission.
///
/// # Errors
/// `Fault` when a letter cannot be written.
pub fn receipt(act: &mut Act<'_>, application: &Application, file: &File, submission: &Submission, round: &Round) -> Result<()> {
    let papers = file.attachments.iter().map(|paper| Paper { name: paper.name.clone(), kilobytes: (paper.bytes + 999) / 1_000, sha256: paper.sha256.clone() });
    let submitted_by = act.actor.name.clone();
    let values = Received {
        application: application.id.to_string(),
        code: &submission.code,
        title: &application.title,
        organisation: &application.organisation_name,
        round: &round.terms.name,
        requested: application.requested,
        submitted_at: submission.submitted_at,
        number: submission.number,
        submitted_by: &submitted_by,
        sha256: &submission.sha256,
        papers: papers.collect(),
        closes_at: round.closes_at,
        results_days: round.terms.results_days,
        pdf: crate::workflow::pdf::HERE,
    };
    for to in everybody(act, application, file)? {
        act.send(&Letter::new("E09", Some(application.programme_id), Subject::Application(application.id), &to, values.clone()))?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct ForSignature<'a> {
    application: String,
    /// Its own, or the round's where it has none yet.
    code: &'a str,
    title: &'a str,
    organisation: &'a str,
    round: &'a Bilingual,
    closes_at: Instant,
    by: &'a str,
    word: &'a str,
}

/// To one who signs: the text is ready.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn ready(act: &mut Act<'_>, application: &Application, round: &Round, to: &Recipient) -> Result<()> {
    for_signature(act, "E09-ready", application, round, to, "")
}

/// To who called it ready: it was sent back, with a word.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn sent_back(act: &mut Act<'_>, application: &Application, round: &Round, to: &Recipient, word: &str) -> Result<()> {
    for_signature(act, "E09-back", application, round, to, word)
}

fn for_signature(act: &mut Act<'_>, letter: &'static str, application: &Application, round: &Round, to: &Recipient, word: &str) -> Result<()> {
    let by = act.actor.name.clone();
    let values = ForSignature {
        application: application.id.to_string(),
        code: application.code.as_deref().unwrap_or(&round.code),
        title: &application.title,
        organisation: &application.organisation_name,
        round: &round.terms.name,
        closes_at: round.closes_at,
        by: &by,
        word,
    };
    act.send(&Letter::new(letter, Some(application.programme_id), Subject::Application(application.id), to, values))
}

/// To a partner: write your own part and sign it (E00j).
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn partner_invited(act: &mut Act<'_>, application: &Application, round: &Round, partner: &Partner, invitation: &PartnerInvitation) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values<'a> {
        lead: &'a str,
        title: &'a str,
        partner: &'a str,
        round: &'a Bilingual,
        closes_at: Instant,
        by: &'a str,
        token: &'a str,
        until: Instant,
    }
    let by = act.actor.name.clone();
    let values = Values {
        lead: &application.organisation_name,
        title: &application.title,
        partner: &partner.name,
        round: &round.terms.name,
        closes_at: round.closes_at,
        by: &by,
        token: &invitation.token,
        until: invitation.until,
    };
    act.send(&Letter::new("E00j", Some(application.programme_id), Subject::Application(application.id), &invitation.to, values))
}

/// To a partner's person: they do not work on the application any more (E00k).
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn partner_ended(act: &mut Act<'_>, application: &Application, to: &Recipient) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values<'a> {
        lead: &'a str,
        title: &'a str,
        by: &'a str,
        at: Instant,
    }
    let by = act.actor.name.clone();
    let values = Values { lead: &application.organisation_name, title: &application.title, by: &by, at: act.now };
    act.send(&Letter::new("E00k", Some(application.programme_id), Subject::Application(application.id), to, values))
}

/// To who invited a partner: it has signed (E09-partner).
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn partner_signed(act: &mut Act<'_>, application: &Application, partner: &Partner, signature: &PartnerSignature, to: &Recipient) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values<'a> {
        application: String,
        title: &'a str,
        partner: &'a str,
        name: &'a str,
        capacity: &'a str,
        at: Instant,
    }
    let values = Values {
        application: application.id.to_string(),
        title: &application.title,
        partner: &partner.name,
        name: &signature.name,
        capacity: &signature.capacity,
        at: signature.at,
    };
    act.send(&Letter::new("E09-partner", Some(application.programme_id), Subject::Application(application.id), to, values))
}

#[derive(Clone, serde::Serialize)]
struct TakenBack<'a> {
    application: String,
    code: &'a str,
    title: &'a str,
    organisation: &'a str,
    by: &'a str,
    at: Instant,
    reason: &'a str,
    closes_at: Instant,
    still_open: bool,
}

/// The withdrawal, to the applicant's people and to the fund's managers.
///
/// # Errors
/// `Fault` when a letter cannot be written.
pub fn withdrawal(act: &mut Act<'_>, application: &Application, round: &Round, reason: &str) -> Result<()> {
    let file = super::records::frozen_file(act.conn, application.id)?;
    let mut recipients = everybody(act, application, &file)?;
    for manager in accounts::recipients_with_role(act.conn, application.programme_id, &[Role::GrantManager])? {
        if !recipients.iter().any(|known| known.email == manager.email) {
            recipients.push(manager);
        }
    }
    let by = act.actor.name.clone();
    let values = TakenBack {
        application: application.id.to_string(),
        code: application.code.as_deref().unwrap_or_default(),
        title: &application.title,
        organisation: &application.organisation_name,
        by: &by,
        at: act.now,
        reason,
        closes_at: round.closes_at,
        still_open: round.takes_applications(act.now),
    };
    for to in recipients {
        act.send(&Letter::new("E11", Some(application.programme_id), Subject::Application(application.id), &to, values.clone()))?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct Unfinished<'a> {
    application: String,
    title: &'a str,
    organisation: &'a str,
    round: &'a Bilingual,
    round_code: &'a str,
    closes_at: Instant,
    hours: i64,
    missing: Vec<&'a Bilingual>,
    more: usize,
}

/// So many missing things are named in a reminder; of the others their number.
const NAMED: usize = 12;

/// To one writer of a draft: what is still missing and until when, or that it was not handed in.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn reminder(act: &mut Act<'_>, reminder: Reminder, application: &Application, round: &Round, missing: &[Reason], to: &Recipient) -> Result<()> {
    let values = Unfinished {
        application: application.id.to_string(),
        title: &application.title,
        organisation: &application.organisation_name,
        round: &round.terms.name,
        round_code: &round.code,
        closes_at: round.closes_at,
        hours: act.now.seconds_until(round.closes_at) / 3_600,
        missing: missing.iter().take(NAMED).map(|reason| &reason.text).collect(),
        more: missing.len().saturating_sub(NAMED),
    };
    let code = match reminder {
        Reminder::Nearing => "E05",
        Reminder::Missed => "E06",
    };
    act.send(&Letter::new(code, Some(application.programme_id), Subject::Application(application.id), to, values))
}

#[derive(Clone, serde::Serialize)]
struct LaterDeadline<'a> {
    application: String,
    /// Its own, or the round's where it has none yet.
    code: &'a str,
    title: &'a str,
    organisation: &'a str,
    round: &'a Bilingual,
    closed_before: Instant,
    closes_at: Instant,
    reason: &'a str,
    outage_from: Option<Instant>,
    outage_until: Option<Instant>,
    withdrawn: bool,
}

/// To everybody who writes an application that was given a deadline of its own: until when now, and why. How many they are.
///
/// # Errors
/// `Fault` when a letter cannot be written.
pub fn later_deadline(act: &mut Act<'_>, application: &Application, round: &Round, decision: &DeadlineDecision) -> Result<usize> {
    let values = LaterDeadline {
        application: application.id.to_string(),
        code: application.code.as_deref().unwrap_or(&round.code),
        title: &application.title,
        organisation: &application.organisation_name,
        round: &round.terms.name,
        closed_before: round.closing(application.closes_at),
        closes_at: decision.closes_at,
        reason: &decision.reason,
        outage_from: decision.outage_from,
        outage_until: decision.outage_until,
        withdrawn: application.status == Status::Withdrawn,
    };
    let writers = accounts::recipients_of(act.conn, application.organisation_id)?;
    for to in &writers {
        act.send(&Letter::new("E03-own", Some(application.programme_id), Subject::Application(application.id), to, values.clone()))?;
    }
    Ok(writers.len())
}
