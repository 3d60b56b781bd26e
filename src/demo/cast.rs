//! The people of the demo's office, evaluation and funder: all invented.
use crate::kernel::{Lang, Role};

/// Somebody of the fund.
pub struct Member {
    /// How the demo's sign-in page calls them.
    pub key: &'static str,
    pub name: &'static str,
    pub lang: Lang,
    pub roles: &'static [Role],
}

impl Member {
    #[must_use]
    pub fn email(&self) -> String {
        format!("{}@pact.example", self.key)
    }
}

pub const DIRECTOR: &str = "director";
pub const MANAGER: &str = "manager";
pub const SECRETARY: &str = "secretary";
pub const SECOND_CHECKER: &str = "second-checker";
pub const FINANCE: &str = "finance";
pub const EVALUATORS: [&str; 6] = ["evaluator", "evaluator-2", "evaluator-3", "evaluator-4", "evaluator-5", "evaluator-6"];

/// Everybody with a role in PACT.
pub const OFFICE: [Member; 15] = [
    Member { key: DIRECTOR, name: "Vera Kodheli", lang: Lang::Sq, roles: &[Role::Director] },
    Member { key: MANAGER, name: "Mira Kola", lang: Lang::Sq, roles: &[Role::GrantManager] },
    Member { key: SECRETARY, name: "Ilir Prenga", lang: Lang::Sq, roles: &[Role::Secretary] },
    Member { key: SECOND_CHECKER, name: "Ana Bushi", lang: Lang::Sq, roles: &[Role::SecondChecker] },
    Member { key: FINANCE, name: "Genc Tafa", lang: Lang::Sq, roles: &[Role::FinanceOfficer] },
    Member { key: "committee", name: "Nertila Xhafa", lang: Lang::Sq, roles: &[Role::CommitteeMember] },
    Member { key: "evaluator", name: "Edlira Marku", lang: Lang::Sq, roles: &[Role::Evaluator] },
    Member { key: "evaluator-2", name: "Pjetër Gjergji", lang: Lang::Sq, roles: &[Role::Evaluator] },
    Member { key: "evaluator-3", name: "Sonila Braho", lang: Lang::En, roles: &[Role::Evaluator] },
    Member { key: "evaluator-4", name: "Altin Zyka", lang: Lang::Sq, roles: &[Role::Evaluator] },
    Member { key: "evaluator-5", name: "Rezarta Mullai", lang: Lang::Sq, roles: &[Role::Evaluator] },
    Member { key: "evaluator-6", name: "Fredi Noka", lang: Lang::En, roles: &[Role::Evaluator] },
    Member { key: "funder", name: "Claire Dumont", lang: Lang::En, roles: &[Role::Funder] },
    Member { key: "auditor", name: "Jonas Weber", lang: Lang::En, roles: &[Role::Auditor] },
    Member { key: "administrator", name: "Arben Lika", lang: Lang::Sq, roles: &[Role::Administrator] },
];
