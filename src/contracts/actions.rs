//! What people and time do with contracts.
use super::content::{AgreedLine, Agreement, Award, lines_of};
use super::{Contract, Line, Party, Signature, State, events, letters, records, rules};
use crate::applications::records as applications;
use crate::awards;
use crate::calls::records as calls;
use crate::kernel::{
    Actor, ApplicationId, ContractId, ContractLineId, Day, Error, Instant, Money, PersonId, Quantity, Reason, Result, both, folded, must, unless,
};
use crate::programmes::records as programmes;
use crate::workflow::{Act, Desk, Recorded, perform};

/// Drafts the contract of an awarded application, from its frozen version and the round's terms.
pub fn draft(act: &mut Act<'_>, application: ApplicationId, starts_on: Option<Day>) -> Result<Recorded<Contract>> {
    let application = applications::find(act.conn, act.actor, application)?;
    must(rules::may_draft(act.actor, application.programme_id))?;
    let starts_on = starts_on.ok_or_else(|| Error::invalid(Reason::new("no-start", "starts_on", |t| t.contracts_reason_start().into())))?;
    let awarded = records::awarded(act.conn, application.id)?;
    let Some((amount, code)) = awarded.zip(application.code.clone()) else {
        return Err(Error::refused(Reason::new("not-awarded", "", |t| t.contracts_reason_not_awarded().into())));
    };
    if records::of_application(act.conn, application.id)?.is_some() {
        return Err(Error::refused(Reason::new("drafted-already", "", |t| t.contracts_reason_drafted().into())));
    }
    let programme = programmes::find(act.conn, application.programme_id)?;
    let round = calls::find(act.conn, application.round_id)?;
    unless(rules::still_wanted(application.status))?;
    let file = applications::frozen_file(act.conn, application.id)?;
    let months = file.summary.months().unwrap_or(application.months);
    unless(rules::draft_shortfalls(starts_on, months, &programme.terms.main_contract))?;
    let award = Award { code: code.clone(), amount, requested: application.requested, months, tier: application.tier.clone(), starts_on };
    let agreement = Agreement::new(&award, &file, &round, &programme);
    let (content, sha256) = agreement.sealed()?;
    let contract = Contract {
        id: ContractId::new(),
        application_id: application.id,
        programme_id: application.programme_id,
        round_id: application.round_id,
        organisation_id: application.organisation_id,
        organisation_name: application.organisation_name.clone(),
        search: folded(&format!("{code} {} {}", agreement.title, application.organisation_name)),
        code,
        title: agreement.title.clone(),
        tier: application.tier,
        municipality: application.municipality,
        theme: application.theme,
        state: State::Drafted,
        starts_on,
        ends_on: agreement.ends_on,
        months,
        amount,
        total: agreement.total,
        drafted_by: person(act)?,
        drafted_at: act.now,
        sent_at: None,
        due_on: None,
        reminded_at: None,
        active_at: None,
        closed_at: None,
        content,
        sha256,
        version: 1,
    };
    applications::bind(act.conn, application.id, act.now)?;
    records::insert(act.conn, &contract, &agreement)?;
    let event = events::Drafted::of(&contract, contract.application_id, amount, contract.total, starts_on, contract.ends_on);
    act.record(&event, contract)
}

/// New figures for one line of a draft.
#[derive(Clone, Debug)]
pub struct LineFigures {
    pub line: ContractLineId,
    pub number: Quantity,
    pub unit_cost: Money,
}

/// Clarifies the budget before signature: lines are lowered until they add up to what the award allows.
/// Saved while the sum is still too high (`send` refuses then); a line above the request is refused at once.
pub fn set_lines(act: &mut Act<'_>, id: ContractId, version: i32, figures: &[LineFigures]) -> Result<Recorded<Contract>> {
    let contract = records::find(act.conn, act.actor, id)?;
    must(rules::may_draft(act.actor, contract.programme_id))?;
    if contract.state != State::Drafted {
        return Err(Error::refused(Reason::new("contract-state", "", |t| t.contracts_reason_state(contract.state.label(t)))));
    }
    if contract.version != version {
        return Err(Error::Stale);
    }
    let mut lines = records::lines(act.conn, id)?;
    let before = lines.iter().map(|line| line.total).sum();
    for line in &mut lines {
        if let Some(new) = figures.iter().find(|new| new.line == line.id) {
            line.number = new.number;
            line.unit_cost = new.unit_cost;
            line.total = new.unit_cost.times(new.number);
        }
    }
    let mut agreement = records::agreement(&contract)?;
    agreement.lines = lines.iter().map(agreed).collect();
    let asked = lines_of(&applications::frozen_file(act.conn, contract.application_id)?);
    let caps = calls::find(act.conn, contract.round_id)?.terms.caps_of(&contract.tier);
    let mut reasons = rules::line_shortfalls(&agreement.lines, &asked, contract.total, caps);
    reasons.retain(|reason| reason.code == "line-raised" || reason.code == "other-lines");
    if !reasons.is_empty() {
        return Err(Error::Invalid(reasons));
    }
    let (content, sha256) = agreement.sealed()?;
    records::set_lines(act.conn, &contract, &lines, &content, &sha256)?;
    let after = lines.iter().map(|line| line.total).sum();
    act.record(&events::LinesSet::of(&contract, before, after), contract)
}

/// Sends the contract for signature (E20). What is sent is what will be signed: its content never changes again.
pub fn send(act: &mut Act<'_>, id: ContractId) -> Result<Recorded<Contract>> {
    let contract = records::find(act.conn, act.actor, id)?;
    must(rules::may_draft(act.actor, contract.programme_id))?;
    unless(rules::moves(contract.state, State::Sent))?;
    let round = calls::find(act.conn, contract.round_id)?;
    let agreement = records::agreement(&contract)?;
    let asked = lines_of(&applications::frozen_file(act.conn, contract.application_id)?);
    unless(rules::line_shortfalls(&agreement.lines, &asked, contract.total, round.terms.caps_of(&contract.tier)))?;
    let due_on = act.now.day().plus_working_days(round.terms.signature_days);
    let mut moved = records::Moved::to(&contract, State::Sent);
    moved.sent_at = Some(act.now);
    moved.due_on = Some(due_on);
    records::move_to(act.conn, &contract, &moved)?;
    letters::for_signature(act, &contract, due_on)?;
    act.record(&events::Sent::of(&contract, due_on, contract.sha256.clone()), contract)
}

/// The beneficiary signs, by a typed name, what was shown: `seen` is the fingerprint on the page.
pub fn sign_as_beneficiary(act: &mut Act<'_>, id: ContractId, name: &str, seen: &str) -> Result<Recorded<Contract>> {
    let contract = records::find(act.conn, act.actor, id)?;
    must(rules::may_sign_as_beneficiary(act.actor, &contract))?;
    unless(rules::signature_shortfalls(&contract, State::Signed, name, seen))?;
    sign(act, &contract, Party::Beneficiary, name)?;
    records::move_to(act.conn, &contract, &records::Moved::to(&contract, State::Signed))?;
    act.record(&events::SignedByBeneficiary::of(&contract, name.to_owned(), contract.sha256.clone()), contract)
}

/// The authority signs last: the contract is in force, and the first payment with the calendar of reports is announced (E22).
pub fn sign_as_authority(act: &mut Act<'_>, id: ContractId, name: &str, seen: &str) -> Result<Recorded<Contract>> {
    let contract = records::find(act.conn, act.actor, id)?;
    must(rules::may_sign_as_authority(act.actor, &contract))?;
    unless(rules::signature_shortfalls(&contract, State::Active, name, seen))?;
    sign(act, &contract, Party::Authority, name)?;
    let mut moved = records::Moved::to(&contract, State::Active);
    moved.active_at = Some(act.now);
    records::move_to(act.conn, &contract, &moved)?;
    let agreement = records::agreement(&contract)?;
    letters::in_force(act, &contract, &agreement, act.now.day().plus_days(rules::FIRST_PAYMENT_DAYS))?;
    act.record(&events::Activated::of(&contract, name.to_owned(), contract.sha256.clone()), contract)
}

fn sign(act: &mut Act<'_>, contract: &Contract, party: Party, name: &str) -> Result<()> {
    let signature =
        Signature { contract_id: contract.id, party, person_id: person(act)?, name: name.to_owned(), signed_at: act.now, sha256: contract.sha256.clone() };
    records::sign(act.conn, &signature)
}

/// Time: reminds who signs for the beneficiary that the last day is near (E21-reminder).
pub fn remind(act: &mut Act<'_>, id: ContractId) -> Result<Recorded<()>> {
    must(act.actor.is_system())?;
    let contract = records::by_id(act.conn, id)?;
    let due_on = contract.due_on.filter(|_| rules::reminder_due(&contract, act.now.day())).ok_or(Error::Stale)?;
    records::reminded(act.conn, &contract, act.now)?;
    letters::remind(act, &contract, due_on)?;
    act.record(&events::Reminded::of(&contract, due_on), ())
}

/// Time: nobody signed in time. The award comes to nothing with it: its money is free for the reserve list, and both sides are told.
pub fn lapse(act: &mut Act<'_>, id: ContractId) -> Result<Recorded<()>> {
    must(act.actor.is_system())?;
    let contract = records::by_id(act.conn, id)?;
    unless(rules::moves(contract.state, State::Lapsed))?;
    let due_on = contract.due_on.filter(|due_on| *due_on < act.now.day()).ok_or(Error::Stale)?;
    records::move_to(act.conn, &contract, &records::Moved::to(&contract, State::Lapsed))?;
    let reason = both(|t| t.contracts_lapsed_note(t.day(due_on)));
    awards::actions::lapse(act, contract.application_id, &format!("{} / {}", reason.sq, reason.en))?;
    letters::lapsed(act, &contract, due_on)?;
    act.record(&events::Lapsed::of(&contract, due_on), ())
}

/// Time: the implementation period is over; the final report is what remains.
pub fn end(act: &mut Act<'_>, id: ContractId) -> Result<Recorded<()>> {
    must(act.actor.is_system())?;
    let contract = records::by_id(act.conn, id)?;
    unless(rules::moves(contract.state, State::Ended))?;
    if contract.ends_on >= act.now.day() {
        return Err(Error::Stale);
    }
    records::move_to(act.conn, &contract, &records::Moved::to(&contract, State::Ended))?;
    act.record(&events::Ended::of(&contract, contract.ends_on), ())
}

/// Closes the contract: the payments' stage calls it when the final report is approved and the balance is settled.
pub fn close(act: &mut Act<'_>, id: ContractId, paid: Money, accepted: Money) -> Result<Recorded<Instant>> {
    let contract = records::by_id(act.conn, id)?;
    unless(rules::moves(contract.state, State::Closed))?;
    let mut moved = records::Moved::to(&contract, State::Closed);
    moved.closed_at = Some(act.now);
    records::move_to(act.conn, &contract, &moved)?;
    act.record(&events::Closed::of(&contract, paid, accepted), act.now)
}

type Timely = fn(&mut Act<'_>, ContractId) -> Result<Recorded<()>>;

/// What time does with contracts: reminds, lapses and ends; how many.
pub fn on_time(desk: &Desk) -> Result<usize> {
    let today = desk.clock.now().day();
    let (overtaken, near) = desk.store.read(|conn| Ok((records::overtaken(conn, today)?, records::to_remind(conn, today)?)))?;
    let overtaken = overtaken.into_iter().map(|(id, state)| (id, if state == State::Sent { lapse as Timely } else { end as Timely }));
    let near = near.into_iter().filter(|contract| rules::reminder_due(contract, today)).map(|contract| (contract.id, remind as Timely));
    let mut done = 0;
    for (id, action) in overtaken.chain(near) {
        match perform(desk, &Actor::system(), |act| action(act, id)) {
            Ok(()) => done += 1,
            // Somebody was faster: what is left is looked at again.
            Err(Error::Stale | Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

fn person(act: &Act<'_>) -> Result<PersonId> {
    act.actor.person.ok_or(Error::Forbidden)
}

fn agreed(line: &Line) -> AgreedLine {
    AgreedLine {
        heading: line.heading,
        description: line.description.clone(),
        unit: line.unit.clone(),
        number: line.number,
        unit_cost: line.unit_cost,
        total: line.total,
    }
}
