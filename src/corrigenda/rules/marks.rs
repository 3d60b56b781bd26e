//! What was inserted into a text and removed from it, word by word.

/// A run of words that stayed, came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    Removed,
    Inserted,
}

/// Words with their mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub mark: Mark,
    pub text: String,
}
impl Marked {
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.mark == Mark::Removed
    }
    #[must_use]
    pub fn is_inserted(&self) -> bool {
        self.mark == Mark::Inserted
    }
}

/// More pairs of words than this are not compared one by one: the whole text went and the whole text came.
const MOST_PAIRS: usize = 400_000;

/// The longest run of words that both share stays; of the rest, what the old one has went, what the new one has came.
#[must_use]
pub fn marks(old: &str, new: &str) -> Vec<Marked> {
    let (before, after): (Vec<&str>, Vec<&str>) = (words(old), words(new));
    let mut out = vec![];
    if before.len() * after.len() > MOST_PAIRS {
        push(&mut out, Mark::Removed, old);
        push(&mut out, Mark::Inserted, new);
        return out;
    }
    // shared[i][j]: the length of the longest common run of before[i..] and after[j..], in one row after the other.
    let width = after.len() + 1;
    let mut shared = vec![0_u32; (before.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let read = |shared: &[u32], i: usize, j: usize| shared.get(at(i, j)).copied().unwrap_or(0);
    for (i, one) in before.iter().enumerate().rev() {
        for (j, other) in after.iter().enumerate().rev() {
            let longest = if one == other { read(&shared, i + 1, j + 1) + 1 } else { read(&shared, i + 1, j).max(read(&shared, i, j + 1)) };
            if let Some(cell) = shared.get_mut(at(i, j)) {
                *cell = longest;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (before.get(i), after.get(j)) {
            (Some(one), Some(other)) if one == other => {
                push(&mut out, Mark::Same, one);
                (i, j) = (i + 1, j + 1);
            }
            (Some(one), other) if other.is_none() || read(&shared, i + 1, j) >= read(&shared, i, j + 1) => {
                push(&mut out, Mark::Removed, one);
                i += 1;
            }
            (_, Some(other)) => {
                push(&mut out, Mark::Inserted, other);
                j += 1;
            }
            _ => return out,
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect()
}

fn push(out: &mut Vec<Marked>, mark: Mark, word: &str) {
    match out.last_mut() {
        _ if word.is_empty() => {}
        Some(last) if last.mark == mark => {
            last.text.push(' ');
            last.text.push_str(word);
        }
        _ => out.push(Marked { mark, text: word.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(old: &str, new: &str) -> String {
        let one = |marked: Marked| match marked.mark {
            Mark::Same => marked.text,
            Mark::Removed => format!("[-{}-]", marked.text),
            Mark::Inserted => format!("[+{}+]", marked.text),
        };
        marks(old, new).into_iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_went_and_came_stand_where_they_were() {
        let cases = [
            ("Rruga e Kavajës 12", "Rruga e Durrësit 12", "Rruga e [-Kavajës-] [+Durrësit+] 12"),
            ("Shkodër, Lezhë", "Shkodër, Lezhë, Kukës", "Shkodër, [-Lezhë-] [+Lezhë, Kukës+]"),
            ("", "i ri", "[+i ri+]"),
            ("i vjetër", "", "[-i vjetër-]"),
            ("një dy", "një dy", "një dy"),
            ("", "", ""),
        ];
        for (old, new, expected) in cases {
            assert_eq!(written(old, new), expected);
        }
        let long = "fjalë ".repeat(1_000);
        assert_eq!(marks(&long, &format!("{long}tjetër")).len(), 2, "a book is not compared word by word");
    }

    proptest! {
        #[test]
        fn what_stayed_with_what_went_is_the_old_text_and_with_what_came_the_new(old in "[abc ]{0,30}", new in "[abc ]{0,30}") {
            let side = |gone: Mark| {
                let kept: Vec<String> = marks(&old, &new).into_iter().filter(|marked| marked.mark != gone).map(|marked| marked.text).collect();
                kept.join(" ")
            };
            prop_assert_eq!(side(Mark::Inserted), words(&old).join(" "));
            prop_assert_eq!(side(Mark::Removed), words(&new).join(" "));
        }
    }
}
