//! Whoever is shown a link may open it: every role walks from its first page along every link that it is shown.
use crate::grant::Grant;
use std::collections::{BTreeSet, VecDeque};
use subgrant::kernel::Role;

/// Links of one shape that are followed: the hundredth application says no more than the third.
const OF_A_SHAPE: usize = 3;

fn shape(link: &str) -> String {
    let plain = link.split(['?', '#']).next().unwrap_or_default();
    plain.split('/').map(|part| if part.len() == 36 && part.contains('-') { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn nobody_is_led_to_a_door_that_is_shut() {
    let (grant, _) = Grant::active();
    let mut shut = vec![];
    for role in Role::ALL {
        let person = grant.world.staff(&format!("Njeriu {}", role.as_str()), &[*role]).in_english();
        let (mut seen, mut shapes): (BTreeSet<String>, Vec<String>) = Default::default();
        let mut waiting = VecDeque::from(["/pact".to_owned()]);
        while let Some(address) = waiting.pop_front() {
            let page = person.get(&address);
            if page.status == 303 {
                continue;
            }
            if page.status != 200 {
                shut.push(format!("{role}: {address} answers {}", page.status));
                continue;
            }
            for link in page.attributes("a", "href") {
                let link = link.split('#').next().unwrap_or_default().to_owned();
                // The application of this world was evaluated without sheets.
                let ours = link.starts_with('/') && !link.contains("lang=") && !link.starts_with("/static") && !link.contains("/sheets/");
                let known = shapes.iter().filter(|shape_of| **shape_of == shape(&link)).count();
                if ours && known < OF_A_SHAPE && seen.insert(link.clone()) {
                    shapes.push(shape(&link));
                    waiting.push_back(link);
                }
            }
        }
        assert!(seen.len() > 3, "{role} sees {seen:?}");
    }
    assert!(shut.is_empty(), "{shut:#?}");
}
