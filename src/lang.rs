//! Language packs: every word and pattern that is looked for, one TOML file a language, merged into one [`Lexicon`].
//!
//! The packs are used together, because one archive, and often one file, mixes them; which language a text is in is
//! decided by its evidence words.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

mod endings;
mod expression;
mod field;
mod pack;
mod patterns;
mod votes;

pub use endings::Endings;
pub use expression::{Captures, Match, Regex};
pub use field::{ColumnHead, Field, TitleWord};
pub use pack::PACKS;
pub use patterns::{Likely, Pattern, Patterns, Stirred, Watch};
pub use votes::{VoteColumn, Votes};

use pack::{Lists, Pack};

/// The packs of the country whose archives this is made for: their words head cases in documents of any language.
const HOME: &[&str] = &["nb", "nn"];

/// All packs merged, with what can be worked out once.
#[derive(Debug)]
pub struct Lexicon {
    /// Tells which of the lists that every line is asked for may match.
    pub watch: Watch,
    /// Tells which of the lists of heads in phrases may match.
    pub heads_watch: Watch,
    /// Tells which of the case types' lists may match.
    pub types_watch: Watch,
    /// Tells which of the outcomes' lists may match.
    pub outcomes_watch: Watch,
    /// Tags of the languages, in the order of the packs.
    pub tags: Vec<String>,
    /// Evidence words, each with the languages that it speaks for, by their place among the tags.
    pub evidence: HashMap<String, Vec<usize>>,
    /// The length of the longest evidence word, in bytes.
    pub longest_evidence: usize,
    /// Month names to 1..=12.
    pub months: HashMap<String, u8>,
    /// Weekday names to 1 (Monday) ..= 7.
    pub weekdays: HashMap<String, u8>,
    /// Weekday names as printed in suggestions: of bokmål.
    pub weekday_names: Vec<String>,
    /// The word *and*.
    pub and: Vec<String>,
    /// Number words.
    pub numbers: HashMap<String, u32>,
    /// Title words by their first byte, the longest first.
    pub titles: HashMap<u8, Vec<(String, TitleWord)>>,
    /// Labels by their exact words.
    pub labels: HashMap<String, Field>,
    /// Section heads after the name of an office or body, the longest first.
    pub suffixes: Vec<(String, Field)>,
    /// The first words of labels.
    pub label_openers: HashSet<String>,
    /// The same, to be watched for.
    pub suffixed: Patterns,
    /// Words before a case number.
    pub case_words: Vec<String>,
    /// Words before a case number that say so only in documents of some languages (`§`, `punkt`), with these.
    pub foreign_case_words: HashMap<String, Vec<String>>,
    /// Endings of series that are written out: `fylkestingssak`.
    pub case_endings: Vec<String>,
    /// Words like *no.* before a number.
    pub number_words: Vec<String>,
    /// Case types by patterns over the title.
    pub types: Vec<(String, Patterns)>,
    /// Case types by series.
    pub series_types: BTreeMap<String, String>,
    /// Outcomes by patterns over the decision, in the order in which they are tried.
    pub outcomes: Vec<(String, Patterns)>,
    /// Patterns about votes.
    pub votes: Votes,
    /// `Kari Nordmann fremmet følgende forslag:`.
    pub moved: Patterns,
    /// Words that make a moved proposal an amendment, an addition.
    pub moved_kinds: Vec<(String, Field)>,
    /// Sentences about when a meeting was held.
    pub held: Patterns,
    /// Sentences about when a meeting began.
    pub began: Patterns,
    /// Words before a time of day.
    pub clock: Patterns,
    /// Lines that head a decision by a sentence: `Styret fattet slikt vedtak:`.
    pub resolved: Patterns,
    /// Sentences that list who met; group `people`.
    pub met: Patterns,
    /// Sentences that list who met in place of those named before; group `people`.
    pub stood_in: Patterns,
    /// Sentences that list who was absent; group `people`.
    pub missed: Patterns,
    /// Sentences that call somebody to a meeting.
    pub called: Patterns,
    /// Sentences about when a meeting ended.
    pub ended: Patterns,
    /// Until when a meeting is to last, before the time.
    pub lasts: Patterns,
    /// Sentences about how many met.
    pub count: Patterns,
    /// Sentences that tell of somebody who came later; groups `name`, `party`.
    pub arrived: Patterns,
    /// Sentences that tell of somebody who left; groups `name`, `party`.
    pub left: Patterns,
    /// Sentences without a label that say what became of a case.
    pub decided: Patterns,
    /// Sentences that say that nothing was decided: *det ble ikke fattet vedtak*.
    pub undecided: Patterns,
    /// Sentences that tell what somebody said or did in a meeting: `Eva Lie foreslo ...`.
    pub narrated: Patterns,
    /// Lines at the end of minutes that say who gets a copy, or that it is a true one.
    pub copies: Patterns,
    /// Words in a title that say that a case is closed to the public.
    pub closed_case: Patterns,
    /// Heads of lists of those who met, in words of their own: "Ved namneopprop møtte desse medlemene".
    pub present_head: Patterns,
    /// Heads of lists of those who did not meet: "Representanter som ikke møtte".
    pub absent_head: Patterns,
    /// Heads of lists of deputies who met: "Varamedlemmer som tok sete".
    pub deputies_head: Patterns,
    /// Heads of lists of those who came from the administration or from another organisation: "Fra forretningsfører møtte".
    pub staff_head: Patterns,
    /// What is decided by the sound of it, where nothing else in minutes says so: "Byggetillatelse gis."
    pub settles: Patterns,
    /// What a body adds to a matter that it takes note of: "og ber om en ny rapport".
    pub remarks: Patterns,
    /// Who led the meeting, as `people`.
    pub chaired: Patterns,
    /// Heads of lists of those who met beside the members: `Møtte ellers`.
    pub beside_head: Patterns,
    /// Labels of guests by where they come from: `Fra OBOS`.
    pub guest_head: Patterns,
    /// Words that say that a case was moved, withdrawn, put off or added.
    pub moved_case: Patterns,
    /// Sentences of their own that put a case off: *saken utsettes*.
    pub postponed_case: Patterns,
    /// A body has treated a case: *behandlet saken*.
    pub treated_case: Patterns,
    /// Words that announce the next meeting, up to its date.
    pub announces_next: Patterns,
    /// Page numbers with the number of pages, as `page` and `pages`.
    pub page: Patterns,
    /// Words of tables by list: `total`, `fee`, `budget`, `count`, `amount`, `percent`, `units`.
    pub tables: Lists<String>,
    /// Heads of columns.
    pub columns: HashMap<String, ColumnHead>,
    /// Words between a deputy and the member, the longest first.
    pub deputy_for: Vec<String>,
    /// Finds them in a text, by their places in the list.
    pub deputy_finder: AhoCorasick,
    /// Small words by use: `names`, `conjunctions`, `before_body`, `after_proposal`, `after_section`.
    pub particles: Lists<String>,
    /// The uses of each of them.
    particle_uses: HashMap<String, Vec<String>>,
    /// Parties, by names and letters.
    pub parties: HashSet<String>,
    /// The length of the longest of them, in letters.
    pub longest_party: usize,
    /// Words that speak of deputies.
    pub deputy_words: Vec<String>,
    /// Words that count deputies among those present: `medregnet varamedlemmer`.
    pub deputies_counted: Vec<String>,
    /// Roles.
    pub roles: HashSet<String>,
    /// Endings of words that name a role.
    pub role_endings: Endings,
    /// Endings of the definite form of roles: `ordføreren`.
    pub definite_endings: Endings,
    /// Roles with such an ending that people are elected to.
    pub elected_roles: HashSet<String>,
    /// Genitive endings of offices and bodies.
    pub genitives: Vec<String>,
    /// Last words of the names of organisations.
    pub organisations: HashSet<String>,
    /// Words for *municipality*.
    pub municipality_words: Vec<String>,
    /// Endings of words that name a body.
    pub body_endings: Endings,
    /// Endings of words that end like a body and name none: `regnskap`.
    pub no_bodies: Endings,
    /// Names of bodies.
    pub body_words: HashSet<String>,
    /// Words for *minutes* in what is approved.
    pub minutes_words: HashSet<String>,
    /// Verbs that make the body before them the one that decides.
    pub decides: Vec<String>,
    /// Public holidays with a fixed date, `MM-DD`.
    pub fixed_holidays: HashSet<String>,
    /// Public holidays by their distance from Easter Sunday in days.
    pub easter_holidays: Vec<i32>,
    /// Words that say that one case follows up another.
    pub follow_up: Vec<String>,
    /// Marks of a signature.
    pub signed: Vec<String>,
    /// Words before or over the name of one who signs: *hilsen*, *rett avskrift*.
    pub signs: Vec<String>,
    /// Decisions that repeat without a mistake.
    pub boilerplate: Patterns,
    /// Words that say that a proposal was adopted as it stands.
    pub adopted_as_proposed: Patterns,
}

/// The case types in the order in which their patterns are tried.
const TYPE_ORDER: &[&str] = &["approval", "information", "report", "interpellation", "delegated", "other", "meeting"];

/// The outcomes in the order in which their patterns are tried.
const OUTCOME_ORDER: &[&str] = &["postponed", "withdrawn", "recommended", "referred", "noted", "rejected"];

/// The lexicon of all packs, made on first use.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        Lexicon::new(
            &PACKS
                .iter()
                .map(|(tag, text)| {
                    let pack: Pack = toml::from_str(text).expect("the packs are part of the program and tested");
                    debug_assert_eq!(*tag, pack.tag);
                    pack
                })
                .collect::<Vec<_>>(),
        )
    })
}

impl Lexicon {
    fn new(packs: &[Pack]) -> Self {
        let votes_word = alternation(packs.iter().flat_map(|p| list(&p.votes, "votes_word")));
        // Shares vote by the thousand; a year is no number of votes.
        let number = format!(
            r"(?:[0-9]{{1,3}}(?:[ .][0-9]{{3}})+|[0-9]{{5,7}}|[3-9][0-9]{{3}}|1[0-8][0-9]{{2}}|2[1-9][0-9]{{2}}|[0-9]{{1,3}}|{})",
            alternation(packs.iter().flat_map(|p| p.numbers.keys()))
        );
        // Who proposes, up to a colon or the end of the sentence: "Repr. Eva K. Lie".
        let abbreviations = alternation(packs.iter().flat_map(|p| list(&p.particles, "abbreviations")));
        // An initial is a Latin letter: the class of all letters takes a hundred times as long to compile.
        let by = format!(r"(?:[^:.]|\b(?:[a-zß-öø-ɏḁ-ỿ]|{abbreviations})\.)");
        let expand = |pattern: &str| {
            let votes = format!("(?:{votes_word})");
            pattern.replace("{n}", &number).replace("{votes}", &votes).replace("{by}", &by)
        };
        let deputy = packs.iter().flat_map(|p| list(&p.deputies, "forms")).cloned().collect::<Vec<_>>().join("|");
        let deputy = format!("(?:{deputy})");
        let patterns = |pick: fn(&Pack) -> &Lists<String>, key: &str| {
            Patterns::new(packs.iter().flat_map(|p| list(pick(p), key)).cloned())
        };
        let words = |pick: fn(&Pack) -> &Lists<String>, key: &str| -> Vec<String> {
            longest_first(packs.iter().flat_map(|p| list(pick(p), key)).cloned())
        };
        let mut tables: Lists<String> = BTreeMap::new();
        for pack in packs {
            for (key, list) in &pack.tables {
                tables.entry(key.clone()).or_default().extend(list.iter().cloned());
            }
        }
        let mut particles: Lists<String> = BTreeMap::new();
        let mut particle_uses: HashMap<String, Vec<String>> = HashMap::default();
        for (key, list) in packs.iter().flat_map(|p| &p.particles) {
            particles.entry(key.clone()).or_default().extend(list.iter().cloned());
            list.iter().for_each(|word| particle_uses.entry(word.clone()).or_default().push(key.clone()));
        }
        let home = |tag: &str| HOME.contains(&tag);
        let at_home: HashSet<&String> =
            packs.iter().filter(|p| home(&p.tag)).flat_map(|p| list(&p.case, "word")).collect();
        let mut foreign_case_words: HashMap<String, Vec<String>> = HashMap::default();
        for pack in packs.iter().filter(|p| !home(&p.tag)) {
            for word in list(&pack.case, "word").filter(|w| !at_home.contains(w)) {
                foreign_case_words.entry(word.clone()).or_default().push(pack.tag.clone());
            }
        }
        let mut titles: HashMap<u8, Vec<(String, TitleWord)>> = HashMap::default();
        for (words, title) in keyed(packs.iter().map(|p| &p.titles)) {
            titles.entry(words.as_bytes()[0]).or_default().push((words, title));
        }
        let mut evidence: HashMap<String, Vec<usize>> = HashMap::default();
        for (i, pack) in packs.iter().enumerate() {
            for word in &pack.evidence {
                let of = evidence.entry(word.clone()).or_default();
                if of.last() != Some(&i) {
                    of.push(i);
                }
            }
        }
        let deputy_for = words(|p| &p.deputies, "for");
        let labels: HashMap<String, Field> = packs.iter().rev().flat_map(|p| inverted(&p.labels)).collect();
        let suffixes = keyed(packs.iter().map(|p| &p.suffixes));
        let mut moved_kinds: Vec<(String, Field)> = Vec::new();
        for (key, field) in [("amendment", Field::Amendment), ("addition", Field::Addition)] {
            moved_kinds.extend(words(|p| &p.moved, key).into_iter().map(|w| (w, field)));
        }
        let sentences = |key: &str| {
            let patterns = packs.iter().flat_map(|p| list(&p.sentences, key));
            Patterns::new(patterns.map(|p| p.replace("{deputy}", &deputy)))
        };
        let none = || Watch::new(Vec::new());
        let mut lexicon = Self {
            watch: none(),
            heads_watch: none(),
            types_watch: none(),
            outcomes_watch: none(),
            tags: packs.iter().map(|p| p.tag.clone()).collect(),
            longest_evidence: evidence.keys().map(String::len).max().unwrap_or_default(),
            evidence,
            months: ordinals(packs.iter().flat_map(|p| [&p.months, &p.month_short])),
            weekdays: ordinals(packs.iter().map(|p| &p.weekdays)),
            weekday_names: packs.first().map(|p| p.weekdays.clone()).unwrap_or_default(),
            and: packs.iter().flat_map(|p| p.and.clone()).collect(),
            numbers: packs.iter().flat_map(|p| p.numbers.clone()).collect(),
            titles,
            label_openers: labels.keys().map(|label| first_word(label).to_owned()).collect(),
            labels,
            suffixed: Patterns::new(suffixes.iter().map(|s| regex_syntax::escape(&s.0))),
            suffixes,
            case_words: words(|p| &p.case, "word"),
            foreign_case_words,
            case_endings: words(|p| &p.case, "glued"),
            number_words: words(|p| &p.case, "number"),
            types: grouped(packs, |p| &p.types, TYPE_ORDER),
            series_types: packs.iter().flat_map(|p| p.series_types.clone()).collect(),
            outcomes: grouped(packs, |p| &p.outcomes, OUTCOME_ORDER),
            votes: Votes::new(packs, expand),
            moved: Patterns::new(packs.iter().flat_map(|p| list(&p.moved, "patterns")).map(|p| expand(p))),
            moved_kinds,
            held: sentences("held"),
            began: sentences("began"),
            clock: sentences("clock"),
            resolved: sentences("resolved"),
            met: sentences("met"),
            stood_in: sentences("stood_in"),
            missed: sentences("missed"),
            called: sentences("called"),
            ended: sentences("ended"),
            lasts: sentences("lasts"),
            count: sentences("count"),
            arrived: sentences("arrived"),
            left: sentences("left"),
            decided: sentences("decided"),
            undecided: sentences("undecided"),
            narrated: sentences("narrated"),
            copies: sentences("copies"),
            closed_case: sentences("closed_case"),
            present_head: sentences("present_head"),
            absent_head: sentences("absent_head"),
            deputies_head: sentences("deputies_head"),
            staff_head: sentences("staff_head"),
            settles: sentences("settles"),
            remarks: sentences("remarks"),
            guest_head: sentences("guest_head"),
            beside_head: sentences("beside_head"),
            chaired: sentences("chaired"),
            moved_case: sentences("moved_case"),
            postponed_case: sentences("postponed_case"),
            treated_case: sentences("treated_case"),
            announces_next: sentences("announces_next"),
            page: sentences("page"),
            tables,
            columns: packs.iter().rev().flat_map(|p| inverted(&p.columns)).collect(),
            deputy_finder: finder(deputy_for.iter()),
            deputy_for,
            particles,
            particle_uses,
            longest_party: packs.iter().flat_map(|p| &p.parties).map(|p| p.chars().count()).max().unwrap_or_default(),
            parties: packs.iter().flat_map(|p| p.parties.clone()).collect(),
            deputy_words: words(|p| &p.deputies, "words"),
            deputies_counted: words(|p| &p.deputies, "counted"),
            roles: words(|p| &p.roles, "words").into_iter().collect(),
            role_endings: Endings::new(words(|p| &p.roles, "endings")),
            definite_endings: Endings::new(words(|p| &p.roles, "definite")),
            elected_roles: words(|p| &p.roles, "elected").into_iter().collect(),
            genitives: words(|p| &p.offices, "genitive"),
            organisations: words(|p| &p.organisations, "words").into_iter().collect(),
            municipality_words: words(|p| &p.organisations, "municipality"),
            body_endings: Endings::new(words(|p| &p.bodies, "endings")),
            no_bodies: Endings::new(words(|p| &p.bodies, "none")),
            body_words: words(|p| &p.bodies, "words").into_iter().collect(),
            minutes_words: words(|p| &p.approval, "minutes").into_iter().collect(),
            decides: words(|p| &p.wrong_body, "decides"),
            fixed_holidays: packs.iter().flat_map(|p| p.holidays.fixed.clone()).collect(),
            easter_holidays: packs.iter().flat_map(|p| p.holidays.easter.clone()).collect(),
            follow_up: words(|p| &p.follow_up, "strong"),
            signed: words(|p| &p.signed, "marks"),
            signs: words(|p| &p.signed, "signs"),
            boilerplate: patterns(|p| &p.boilerplate, "patterns"),
            adopted_as_proposed: patterns(|p| &p.boilerplate, "adopted_as_proposed"),
        };
        lexicon.set_watches();
        lexicon
    }

    fn set_watches(&mut self) {
        let of_lines = [
            &mut self.held,
            &mut self.began,
            &mut self.called,
            &mut self.ended,
            &mut self.chaired,
            &mut self.lasts,
            &mut self.met,
            &mut self.stood_in,
            &mut self.missed,
            &mut self.resolved,
            &mut self.narrated,
            &mut self.copies,
            &mut self.announces_next,
            &mut self.arrived,
            &mut self.left,
            &mut self.moved,
        ];
        self.watch = Watch::new(of_lines.into_iter().chain(self.votes.watched()).collect());
        self.heads_watch = Watch::new(vec![
            &mut self.suffixed,
            &mut self.treated_case,
            &mut self.count,
            &mut self.present_head,
            &mut self.absent_head,
            &mut self.deputies_head,
            &mut self.staff_head,
            &mut self.guest_head,
            &mut self.beside_head,
        ]);
        self.types_watch = Watch::new(self.types.iter_mut().map(|(_, patterns)| patterns).collect());
        self.outcomes_watch = Watch::new(self.outcomes.iter_mut().map(|(_, patterns)| patterns).collect());
    }

    /// A number in digits or words.
    #[must_use]
    pub fn number(&self, word: &str) -> Option<u32> {
        let digits = word.replace([' ', '.'], "");
        digits.parse().ok().or_else(|| self.numbers.get(word).copied())
    }

    /// The titles that a text in lower case begins with.
    pub fn titles_of(&self, text: &str) -> impl Iterator<Item = &(String, TitleWord)> {
        let of_first = text.as_bytes().first().and_then(|first| self.titles.get(first));
        of_first.into_iter().flatten().filter(move |(words, _)| text.starts_with(words.as_str()))
    }

    /// Whether a word in lower case is one of the small words of a use.
    #[must_use]
    pub fn is_particle(&self, kind: &str, word: &str) -> bool {
        self.particle_uses.get(word).is_some_and(|uses| uses.iter().any(|u| u == kind))
    }

    /// Whether a word in lower case names a role.
    #[must_use]
    pub fn is_role(&self, words: &str) -> bool {
        let words = words.trim_end_matches('.');
        // "sekretær for kontrollutvalget"
        let of = words.match_indices(' ').find_map(|(at, _)| {
            let (word, body) = words[at + 1..].split_once(' ')?;
            let is_body = self.is_particle("after_section", word) && body.split(' ').any(|w| self.is_body_word(w));
            is_body.then_some(at)
        });
        let words = &words[..of.unwrap_or(words.len())];
        self.roles.contains(words) || (!words.is_empty() && words.split(' ').count() <= 4 && self.ends_as_role(words))
    }

    /// Whether the last word of a text in lower case ends like one that names a role. "Heier" is a name.
    #[must_use]
    pub fn ends_as_role(&self, words: &str) -> bool {
        let last = words.rsplit(' ').next().unwrap_or_default();
        self.role_endings.of(last).any(|ending| last.chars().count() != ending.chars().count() + 1)
    }

    /// A role without the ending of the definite form, where it has one: `ordføreren` → `ordfører`.
    #[must_use]
    pub fn indefinite<'r>(&self, role: &'r str) -> Option<&'r str> {
        self.definite_endings.of(role).next().map(|ending| &role[..role.len() - ending.len()])
    }

    /// Whether a folded text passes a matter on to another body with a recommendation.
    #[must_use]
    pub fn recommends(&self, text: &str) -> bool {
        self.outcomes.iter().any(|(name, patterns)| name == "recommended" && patterns.is_match(text))
    }

    /// Whether a word in lower case names a body.
    #[must_use]
    pub fn is_body_word(&self, word: &str) -> bool {
        self.body_words.contains(word)
            || self.body_endings.of(word).any(|e| word.len() > e.len() + 3) && self.no_bodies.of(word).next().is_none()
    }
}

/// The letters and digits that a text begins with.
#[must_use]
pub fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

fn list<'p>(lists: &'p Lists<String>, key: &str) -> impl Iterator<Item = &'p String> + use<'p> {
    lists.get(key).into_iter().flatten()
}

fn finder<'p>(words: impl Iterator<Item = &'p String>) -> AhoCorasick {
    patterns::automaton(words)
}

fn alternation<'p>(words: impl Iterator<Item = &'p String>) -> String {
    longest_first(words.map(|w| regex_syntax::escape(w))).join("|")
}

fn longest_first(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

fn ordinals<'p>(lists: impl Iterator<Item = &'p Vec<String>>) -> HashMap<String, u8> {
    lists.flat_map(|list| list.iter().cloned().zip(1..)).collect()
}

fn inverted<K: Copy>(lists: &Lists<K>) -> Vec<(String, K)> {
    lists.iter().flat_map(|(key, words)| words.iter().map(|w| (w.clone(), *key))).collect()
}

fn keyed<'p, K: Copy + 'p>(lists: impl Iterator<Item = &'p Lists<K>>) -> Vec<(String, K)> {
    let mut words: Vec<(String, K)> = lists.flat_map(inverted).collect();
    words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    words.dedup_by(|a, b| a.0 == b.0);
    words
}

fn grouped(packs: &[Pack], pick: fn(&Pack) -> &Lists<String>, keys: &[&str]) -> Vec<(String, Patterns)> {
    keys.iter()
        .map(|key| ((*key).to_owned(), Patterns::new(packs.iter().flat_map(|p| list(pick(p), key)).cloned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_parses_and_has_the_same_keys() {
        let keys: Vec<Vec<String>> = PACKS
            .iter()
            .map(|(_, text)| {
                let table: toml::Table = toml::from_str(text).unwrap();
                table
                    .iter()
                    .flat_map(|(k, v)| match v {
                        toml::Value::Table(t) if k != "numbers" && k != "series_types" => {
                            t.keys().map(|inner| format!("{k}.{inner}")).collect::<Vec<_>>()
                        }
                        _ => vec![k.clone()],
                    })
                    .collect()
            })
            .collect();
        for (pack, own) in PACKS.iter().zip(&keys).skip(1) {
            assert_eq!(own, &keys[0], "keys of {}", pack.0);
        }
        lexicon();
    }
}
