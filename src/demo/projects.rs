//! The demo's projects: contracts signed, money sent, activities done, costs entered with their vouchers, indicators measured, reports decided, contracts closed.
use super::{Play, cast};
use crate::awards::records as awards;
use crate::calls::Round;
use crate::contracts::{Category, Contract, Line, actions as contracting, records as contracts};
use crate::implementation::rules::{NewExpense, NewValue};
use crate::implementation::{ActivityState, Indicator, actions as doing, records as done};
use crate::kernel::{ApplicationId, ContractId, Day, Error, ExpenseId, IndicatorValueId, Instant, Money, PaymentId, Quantity, Result, fault};
use crate::payments::{actions as paying, records as payments};
use crate::reporting::rules::Cut;
use crate::reporting::{Narrative, Refusal, Report, actions as reporting, records as reports};

const HOUR: i64 = 3_600;

/// The real days on which implementation began.
fn start_of(round: &Round) -> Result<Day> {
    let day = if round.code == "R1" { "2016-11-01" } else { "2017-09-01" };
    day.parse().map_err(fault)
}

fn at(day: Day, hour: i64) -> Instant {
    day.start().plus_seconds(hour * HOUR)
}

/// For every awarded application of the round: drafted three weeks before the start, signed by both within ten days.
pub(super) fn plan(play: &mut Play, round: &Round) -> Result<()> {
    let starts_on = start_of(round)?;
    let awarded = play.look(|conn| awards::awarded_in(conn, round.id))?;
    for (turn, decided) in awarded.into_iter().enumerate() {
        let id = decided.application_id;
        let place = play.applications.iter().find(|(_, application)| **application == id).map(|(place, _)| *place).ok_or(Error::NotFound)?;
        let minutes = i64::try_from(turn).unwrap_or(0) * 20;
        play.calendar.put(at(starts_on.plus_days(-21), 9).plus_seconds(minutes * 60), move |play| draft(play, id, place, starts_on));
    }
    Ok(())
}

fn organisation(play: &Play, place: usize) -> Result<String> {
    play.material.applications.get(place).map(|application| application.organisation.clone()).ok_or(Error::NotFound)
}

fn draft(play: &mut Play, application: ApplicationId, place: usize, starts_on: Day) -> Result<()> {
    let contract = play.as_person(cast::MANAGER, |act| contracting::draft(act, application, Some(starts_on)))?;
    let id = contract.id;
    let drafted = play.app.desk.clock.now();
    play.calendar.put(drafted.plus_days(1), move |play| play.as_person(cast::MANAGER, |act| contracting::send(act, id)).map(drop));
    let days = 3 + i64::try_from(place % 5).unwrap_or(0);
    play.calendar.put(drafted.plus_days(days), move |play| {
        let key = organisation(play, place)?;
        let contract = play.look(|conn| contracts::by_id(conn, id))?;
        let name = play.actor(&key)?.name.clone();
        play.as_person(&key, |act| contracting::sign_as_beneficiary(act, id, &name, &contract.sha256)).map(drop)
    });
    play.calendar.put(drafted.plus_days(days + 2), move |play| {
        let contract = play.look(|conn| contracts::by_id(conn, id))?;
        let name = play.actor(cast::DIRECTOR)?.name.clone();
        play.as_person(cast::DIRECTOR, |act| contracting::sign_as_authority(act, id, &name, &contract.sha256)).map(drop)
    });
    play.calendar.put(at(starts_on, 8), move |play| begin(play, id, place));
    Ok(())
}

/// The first day of a project: everything that follows is put into the calendar.
fn begin(play: &mut Play, id: ContractId, place: usize) -> Result<()> {
    let contract = play.look(|conn| contracts::by_id(conn, id))?;
    let (lines, planned, due) = play.look(|conn| Ok((contracts::lines(conn, id)?, payments::of_contract(conn, id)?, reports::of_contract(conn, id)?)))?;
    if let Some(first) = planned.first() {
        pay(play, &contract, first.id, place, at(contract.starts_on.plus_days(2), 10));
    }
    for month in 1..=contract.months {
        let end = at(contract.starts_on.plus_months(i64::from(month)).plus_days(-1), 16);
        play.calendar.put(end, move |play| close_month(play, id, place, month));
        plan_costs(play, &contract, &lines, place, month);
        if month % 3 == 0 || month == contract.months {
            play.calendar.put(end.plus_seconds(HOUR), move |play| measure(play, id, place, month));
        }
    }
    for report in due {
        let then = at(report.period_to.plus_days(12 + i64::try_from(place % 6).unwrap_or(0)), 15);
        let contract = contract.clone();
        play.calendar.put(then, move |play| submit_report(play, &contract, report.id, place));
    }
    Ok(())
}

/// Approved by the manager, the next day by finance, sent two days later, confirmed when it has arrived.
fn pay(play: &mut Play, contract: &Contract, payment: PaymentId, place: usize, from: Instant) {
    let code = contract.code.clone();
    let approve = |who: &'static str| {
        move |play: &mut Play| {
            let version = play.look(|conn| payments::by_id(conn, payment))?.version;
            play.as_person(who, |act| paying::approve(act, payment, version)).map(drop)
        }
    };
    play.calendar.put(from, approve(cast::MANAGER));
    play.calendar.put(from.plus_days(1), approve(cast::FINANCE));
    play.calendar.put(from.plus_days(3), move |play| {
        let payment = play.look(|conn| payments::by_id(conn, payment))?;
        let reference = format!("PACT-{code}-{}", payment.number);
        play.as_person(cast::FINANCE, |act| paying::send(act, payment.id, payment.version, &reference)).map(drop)
    });
    play.calendar.put(from.plus_days(6), move |play| {
        let key = organisation(play, place)?;
        play.as_person(&key, |act| paying::confirm(act, payment)).map(drop)
    });
}

/// At the end of a month the activities that ran in it are marked: done where it was their last.
fn close_month(play: &mut Play, id: ContractId, place: usize, month: i32) -> Result<()> {
    let key = organisation(play, place)?;
    let today = play.app.desk.clock.now().day();
    // One in seven has an activity that is late, as it is in life.
    let late = place % 7 == 3;
    for activity in play.look(|conn| done::activities_of(conn, id))? {
        let months = activity.months();
        let (first, last) = (months.iter().min().copied().unwrap_or(0), months.iter().max().copied().unwrap_or(0));
        let state = if last == month && !(late && activity.position == 2) {
            ActivityState::Done
        } else if first == month && last > month {
            ActivityState::Running
        } else {
            continue;
        };
        let day = (state == ActivityState::Done).then_some(today);
        play.as_person(&key, |act| doing::set_activity(act, id, activity.id, activity.version, state, day, ""))?;
    }
    Ok(())
}

/// What a line pays for in a month: monthly units each month, anything else once, in its turn; indirect costs at the end.
fn plan_costs(play: &mut Play, contract: &Contract, lines: &[Line], place: usize, month: i32) {
    for (turn, line) in lines.iter().enumerate() {
        let monthly = ["month", "muaj"].contains(&line.unit.as_str());
        let turn = i32::try_from(turn).unwrap_or(0);
        let its_month =
            if line.heading == Category::Indirect { contract.months } else { 1 + turn * contract.months / (i32::try_from(lines.len()).unwrap_or(1) + 1) };
        if line.heading == Category::Reserve || !monthly && its_month != month {
            continue;
        }
        let whole = if monthly { Money::cents(line.total.to_cents() / i64::from(contract.months)) } else { line.total };
        // Most buy a little cheaper than they planned.
        let amount = if monthly || line.heading == Category::Indirect || contract.code == "R1-22" { whole } else { Money::cents(whole.to_cents() * 97 / 100) };
        let paid_on = contract.starts_on.plus_months(i64::from(month - 1)).plus_days(19 + i64::from(turn % 7));
        if amount <= Money::ZERO || paid_on > contract.ends_on {
            continue;
        }
        let (id, line) = (contract.id, line.clone());
        play.calendar.put(at(paid_on, 12), move |play| {
            let key = organisation(play, place)?;
            let expense = NewExpense {
                paid_on,
                // Indirect costs are a rate, so their line has no words of its own.
                description: if line.heading == Category::Indirect { "Kosto indirekte".into() } else { line.description.clone() },
                supplier: if line.heading == Category::Indirect { String::new() } else { "Furnitor (example)".into() },
                voucher: format!("{}/{month}", line.position),
                amount,
            };
            let scan = voucher(play, &expense)?;
            play.as_person(&key, |act| doing::enter_expense(act, id, ExpenseId::new(), Some(line.id), &expense, Some(&scan))).map(drop)
        });
    }
}

/// Every figure can be followed to its voucher: a page that says what the expense says.
fn voucher(play: &Play, expense: &NewExpense) -> Result<doing::Scan> {
    let (day, amount) = (expense.paid_on.to_string(), format!("{} EUR", expense.amount.decimal()));
    let stored = play.app.files.keep(&super::paper::pdf(&[&expense.supplier, &expense.description, &expense.voucher, &day, &amount, "(example)"]))?;
    Ok(doing::Scan { stored, name: format!("{}.pdf", expense.voucher.replace('/', "-")), media_type: "application/pdf".into() })
}

/// Indicators grow towards their targets; at the end a little over or under them.
fn measure(play: &mut Play, id: ContractId, place: usize, month: i32) -> Result<()> {
    let key = organisation(play, place)?;
    let contract = play.look(|conn| contracts::by_id(conn, id))?;
    let measured_on = play.app.desk.clock.now().day().min(contract.ends_on);
    for indicator in play.look(|conn| done::indicators_of(conn, id))? {
        let new = NewValue { value: reached(&indicator, month, contract.months, place), women: None, measured_on, note: String::new() };
        play.as_person(&key, |act| doing::record_value(act, id, indicator.id, IndicatorValueId::new(), &new))?;
    }
    Ok(())
}

fn reached(indicator: &Indicator, month: i32, months: i32, place: usize) -> Quantity {
    let way = indicator.target.to_cents() - indicator.baseline.to_cents();
    let final_percent = 92 + i64::try_from((place * 5 + usize::try_from(indicator.position).unwrap_or(0) * 3) % 17).unwrap_or(0);
    let now = way * final_percent * i64::from(month) / (100 * i64::from(months));
    // Whole things are counted in whole numbers.
    Quantity::cents(indicator.baseline.to_cents() + now / 100 * 100)
}

fn submit_report(play: &mut Play, contract: &Contract, id: crate::kernel::ReportId, place: usize) -> Result<()> {
    let key = organisation(play, place)?;
    let results = contracts::agreement(contract)?.results.len();
    let narrative = Narrative {
        progress: (0..results)
            .map(|_| "Aktivitetet e këtij rezultati u kryen sipas planit; listat e pjesëmarrjes dhe procesverbalet janë në dosje.".into())
            .collect(),
        deviations: "Pa shmangie me ndikim te rezultatet.".into(),
        visibility: "Emblema e BE-së në çdo material dhe sallë; dy njoftime për shtyp.".into(),
        lessons: "Takimet në fshat mbahen më mirë pas orës 17:00.".into(),
    };
    play.as_person(&key, |act| reporting::submit(act, id, &narrative))?;
    let contract = contract.clone();
    let decided = play.app.desk.clock.now().plus_days(9);
    play.calendar.put(decided, move |play| decide_report(play, &contract, id, place));
    Ok(())
}

/// One in four reports has a cost that is refused in part.
fn decide_report(play: &mut Play, contract: &Contract, id: crate::kernel::ReportId, place: usize) -> Result<()> {
    let (report, expenses) = play.look(|conn| {
        let report: Report = reports::by_id(conn, id)?;
        let expenses = reports::expenses_of(conn, &report)?;
        Ok((report, expenses))
    })?;
    let cuts: Vec<Cut> = expenses
        .iter()
        .filter(|_| place % 4 == 2)
        .take(1)
        .map(|expense| Cut { expense: expense.id, accepted: Money::cents(expense.amount.to_cents() / 2), reason: Some(Refusal::WrongHeading) })
        .collect();
    let remark = if cuts.is_empty() { "Raporti pranohet." } else { "Një kosto pranohet pjesërisht: gjysma e saj i takon një zëri tjetër." };
    play.as_person(cast::FINANCE, |act| reporting::decide(act, id, report.version, &cuts, remark))?;
    let next = play.look(|conn| payments::of_contract(conn, contract.id))?.into_iter().find(|payment| payment.report_id == Some(id));
    if let Some(payment) = next {
        let from = play.app.desk.clock.now().plus_days(1);
        pay(play, contract, payment.id, place, from);
    }
    Ok(())
}
