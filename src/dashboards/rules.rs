//! Where a round stands: its stages with what is done, from the figures alone. Pure.
use super::Figures;
use crate::calls::Round;
use crate::kernel::{Instant, Tr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    Ahead,
    Now,
    Done,
}
impl Progress {
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Ahead => "",
            Self::Now => "now",
            Self::Done => "done",
        }
    }
}

/// A stage of the round, for the strip at the head of the board.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Stage {
    pub progress: Progress,
    pub name: String,
    pub about: String,
}

/// The stages in their order; the first that is not done is the one that goes on.
#[must_use]
pub fn stages(round: &Round, figures: &Figures, now: Instant, t: Tr) -> Vec<Stage> {
    let (submitted, decided, later) = (figures.submitted(), figures.decided(), &figures.later);
    let passed = figures.in_state(crate::administrative_check::CheckState::Passed);
    let closed = round.is_closed(now);
    let awarded = later.decided_at.is_some();
    let plan = round.closes_at.day().plus_days(round.terms.results_days);
    let all = [
        (closed, t.board_stage_call(), t.board_until(t.day(round.closes_at.day()))),
        (closed && (decided == submitted || awarded), t.board_stage_check(), t.board_part(decided, submitted)),
        (awarded || (decided == submitted && passed > 0 && later.evaluated >= passed), t.board_stage_evaluation(), t.board_part(later.evaluated, passed)),
        (awarded, t.board_stage_award(), later.decided_at.map_or_else(|| t.board_by(t.day(plan)), |at| t.day(at.day()))),
        (awarded && later.signed() > 0 && later.signed() >= later.awarded, t.board_stage_contracts(), t.board_part(later.signed(), later.awarded)),
        (later.unfinished() == 0, t.board_stage_projects(), t.board_projects(later.over(), later.running())),
    ];
    let mut reached = round.opens_at <= now;
    all.into_iter()
        .map(|(done, name, about)| {
            let progress = match (done && reached, reached) {
                (true, _) => Progress::Done,
                (false, true) => Progress::Now,
                (false, false) => Progress::Ahead,
            };
            reached = reached && done;
            Stage { progress, name: name.to_owned(), about }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Figures, Group, Later};
    use crate::administrative_check::CheckState;
    use crate::applications::Status;
    use crate::contracts::State;
    use crate::kernel::Money;

    fn group(status: Status, check: Option<CheckState>, checker: &str, count: i64) -> Group {
        let checker = check.map(|_| checker.to_owned());
        Group { status, check, checker, municipality: "klos".into(), count, requested: Money::cents(count * 500_000) }
    }

    #[test]
    fn what_is_over_runs_no_more() {
        let contracts = vec![(State::Active, 2), (State::Ended, 1), (State::Closed, 11), (State::Lapsed, 1), (State::Sent, 1)];
        let later = Later { contracts, ..Later::default() };
        assert_eq!((later.signed(), later.running(), later.over(), later.unfinished()), (14, 2, 12, 3));
    }

    #[test]
    fn every_figure_comes_from_the_same_groups() {
        let figures = Figures {
            groups: vec![
                group(Status::Draft, None, "", 12),
                group(Status::Withdrawn, Some(CheckState::Open), "Mira", 2),
                group(Status::Submitted, Some(CheckState::Open), "", 3),
                group(Status::Submitted, Some(CheckState::Clarification), "Mira", 5),
                group(Status::Submitted, Some(CheckState::Proposed), "Ilir", 4),
                group(Status::Submitted, Some(CheckState::Passed), "Mira", 11),
                group(Status::Submitted, Some(CheckState::Rejected), "Ilir", 1),
            ],
            due: vec![],
            deadline: None,
            later: Later::default(),
        };
        assert_eq!((figures.started(), figures.submitted(), figures.withdrawn(), figures.decided()), (38, 24, 2, 12));
        let by_state: i64 = CheckState::ALL.iter().map(|state| figures.in_state(*state)).sum();
        assert_eq!(by_state, figures.submitted());
        assert_eq!(figures.asked_for(), Money::cents(24 * 500_000));
        let work = figures.work();
        assert_eq!(work, [("Mira".to_owned(), 16, 11), ("Ilir".to_owned(), 5, 5), (String::new(), 3, 0)]);
    }
}
