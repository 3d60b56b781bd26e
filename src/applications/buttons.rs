//! What the named buttons of a part do: rows are added, removed and moved, and the most allowed is filled in.
use super::boxes::Row;
use super::content::{Member, PartContent, SimilarProject};
use super::{budget, logframe};
use crate::calls::Caps;

/// Does what a button says (`add` `line`...); the answer is the field in which its writer goes on. `spent` are keys that no new row gets.
#[must_use]
pub fn press(content: &mut PartContent, verb: &str, what: &str, caps: &Caps, spent: &[String]) -> Option<String> {
    match content {
        PartContent::Partners(partners) => change(&mut partners.partners, verb, what, spent),
        PartContent::Description(description) => change(&mut description.risks, verb, what, spent),
        PartContent::Capacity(capacity) if list_of(what) == SimilarProject::LIST => change(&mut capacity.projects, verb, what, spent),
        PartContent::Capacity(capacity) if list_of(what) == Member::LIST => change(&mut capacity.team, verb, what, spent),
        PartContent::Logframe(logframe) => logframe::change(logframe, verb, what, spent),
        PartContent::Budget(budget) => budget::change(budget, verb, what, caps, spent),
        _ => None,
    }
}

fn list_of(what: &str) -> &str {
    what.split('.').next().unwrap_or_default()
}

fn first_box<R: Row>(row: &R) -> String {
    format!("{}.{}.{}", R::LIST, row.key(), R::NAMES.first().copied().unwrap_or_default())
}

fn change<R: Row>(rows: &mut Vec<R>, verb: &str, what: &str, spent: &[String]) -> Option<String> {
    let (list, key) = what.split_once('.').unwrap_or((what, ""));
    if list != R::LIST {
        return None;
    }
    if verb == "add" {
        let mut row = R::default();
        row.set_key(logframe::fresh_key(R::LETTER, rows.iter().map(Row::key).chain(spent.iter().map(String::as_str))));
        let field = first_box(&row);
        rows.push(row);
        return Some(field);
    }
    let at = rows.iter().position(|row| row.key() == key)?;
    match verb {
        "del" => {
            rows.remove(at);
            Some(format!("add-{}", R::LIST))
        }
        "up" if at > 0 => {
            rows.swap(at, at - 1);
            rows.get(at - 1).map(first_box)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::Part;
    use crate::kernel::Basis;

    #[test]
    fn rows_come_move_and_go() {
        let caps = Caps { indirect: Basis(700), reserve: Basis(500), requested: Basis::WHOLE };
        let mut capacity = PartContent::empty(Part::Capacity);
        assert_eq!(press(&mut capacity, "add", "team", &caps, &[]).as_deref(), Some("team.m1.name"));
        assert_eq!(press(&mut capacity, "add", "team", &caps, &[]).as_deref(), Some("team.m2.name"));
        assert_eq!(press(&mut capacity, "add", "projects", &caps, &[]).as_deref(), Some("projects.s1.title"));
        assert_eq!(press(&mut capacity, "up", "team.m2", &caps, &[]).as_deref(), Some("team.m2.name"));
        assert_eq!(press(&mut capacity, "del", "team.m1", &caps, &[]).as_deref(), Some("add-team"));
        assert_eq!(press(&mut capacity, "del", "team.m1", &caps, &[]), None);
        assert_eq!(press(&mut capacity, "add", "partners", &caps, &[]), None);
        let PartContent::Capacity(capacity) = capacity else { panic!("another part") };
        assert_eq!((capacity.team.len(), capacity.team[0].key.as_str(), capacity.projects.len()), (1, "m2", 1));
    }
}
