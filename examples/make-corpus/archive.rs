//! Two years of meetings: the facts first, the planted faults on top of them, then agendas and minutes.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::model::{Case, File, Meeting, Number, Paper, Person, Piece, Table, Tongue, Vote};
use super::words::{BODY, FIRST, LAST, MONTHS, MUNICIPALITIES, ORGANISATION, PLACES, ROOMS, Words, words};
use super::write::{self, Format};

/// Month and day of the eight meetings of each year; moved to the Wednesday of that week.
const DAYS: [(i8, i8); 8] = [(1, 23), (3, 5), (4, 16), (6, 11), (8, 27), (10, 1), (11, 12), (12, 10)];

/// Formats of the sixteen agendas and of the sixteen minutes.
const AGENDAS: [Format; 16] = {
    use Format::{Cp865, Cp1252, Docx, Markdown, Ns4551, Odt, Pdf, Rtf, Utf8};
    [Pdf, Cp1252, Markdown, Docx, Cp865, Utf8, Docx, Ns4551, Rtf, Markdown, Odt, Cp1252, Pdf, Utf8, Cp865, Docx]
};
const MINUTES: [Format; 16] = {
    use Format::{Cp865, Cp1252, Docx, Markdown, Ns4551, Odt, Pdf, Rtf, Utf8};
    [Docx, Cp1252, Pdf, Markdown, Cp865, Utf8, Rtf, Docx, Cp1252, Odt, Utf8, Markdown, Ns4551, Pdf, Docx, Docx]
};

/// The meeting whose secretary writes nynorsk.
const NYNORSK: usize = 10;

/// Rules that each single document is judged by.
const JUDGED: [&str; 25] = [
    "attendance-conflict",
    "attendance-count",
    "case-year-mismatch",
    "date-order",
    "decision-duplicated",
    "decision-missing",
    "decision-wrong-body",
    "extraction-suspect",
    "field-placeholder",
    "file-encrypted",
    "file-mislabelled",
    "file-unreadable",
    "minutes-self-approval",
    "municipality-unknown",
    "page-missing",
    "personal-number",
    "plan-collision",
    "quorum-not-met",
    "table-ratio",
    "table-total",
    "text-garbled",
    "text-missing",
    "vote-outcome",
    "vote-total",
    "weekday-mismatch",
];

/// Rules that the archive as a whole is judged by.
const JUDGED_TOGETHER: [&str; 9] = [
    "agenda-item-missing",
    "agenda-item-unannounced",
    "approval-mismatch",
    "case-number-duplicated",
    "case-number-gap",
    "file-duplicate",
    "reference-ambiguous",
    "reference-unresolved",
    "title-mismatch",
];

/// A small generator of pseudo-random numbers (xorshift64*).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides as u64) as usize
    }
}

/// Two years of the body of `organisation` from `start` on, with the planted faults or without any.
pub(crate) fn archive(seed: u64, start: i16, organisation: &str, faults: bool) -> Vec<File> {
    let mut dice = Dice(seed.max(1));
    for _ in 0..8 {
        dice.roll(2);
    }
    let mut meetings = meetings(&mut dice, start, faults);
    if faults {
        vary(&mut meetings);
    }
    let mut papers = Vec::new();
    for (i, meeting) in meetings.iter().enumerate() {
        papers.push((agenda(meeting), AGENDAS[i]));
        papers.push((minutes(meeting), MINUTES[i]));
    }
    papers.push((plan(&meetings), Format::Docx));
    papers.push((case_paper(&meetings), Format::Docx));
    let mut together = Vec::new();
    if faults {
        plant(&mut papers, &meetings, &mut together);
    }
    papers.iter_mut().flat_map(|(paper, _)| &mut paper.pieces).for_each(|piece| rename(piece, organisation));
    let mut files = Vec::new();
    for (paper, format) in &papers {
        let name = format!("{}.{}", paper.name, format.extension());
        files.push(File { bytes: pretty(&paper.gold), name: format!("{name}.gold.json") });
        files.push(File { bytes: write::bytes(paper, *format), name });
    }
    if faults {
        broken(&mut files, &mut together);
        let gold = json!({"findings": together, "rules_judged": JUDGED_TOGETHER});
        files.push(File { name: "archive.gold.json".to_owned(), bytes: pretty(&gold) });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Gives the organisation another name in the head of a paper.
fn rename(piece: &mut Piece, organisation: &str) {
    match piece {
        Piece::Organisation(name) => organisation.clone_into(name),
        Piece::Fields(fields) => {
            fields.iter_mut().for_each(|(_, value)| *value = value.replace(ORGANISATION, organisation));
        }
        _ => {}
    }
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The lines of a list of cases: title, background, recommendation.
fn subjects(text: &'static str) -> Vec<[&'static str; 3]> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split('|');
            Some([parts.next()?, parts.next()?, parts.next()?])
        })
        .collect()
}

fn person(first: usize, last: usize, role: &'static str, of: &'static str, status: &'static str) -> Person {
    let name = format!("{} {}", FIRST[first % FIRST.len()], LAST[last % LAST.len()]);
    Person { name, role, of, status, deputy_for: None }
}

fn wednesday(year: i16, (month, day): (i8, i8)) -> Date {
    let near = date(year, month, day);
    let back = near.weekday().to_monday_zero_offset();
    near.checked_add(jiff::Span::new().days(2 - i64::from(back))).unwrap_or(near)
}

/// `11. juni 2008`
fn long(date: Date) -> String {
    format!("{}. {} {}", date.day(), MONTHS[date.month() as usize - 1], date.year())
}

/// `onsdag 11. juni 2008`
fn with_weekday(date: Date, words: &Words) -> String {
    format!("{} {}", words.weekdays[date.weekday().to_monday_zero_offset() as usize], long(date))
}

/// `120 000`
fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

fn meetings(dice: &mut Dice, start: i16, faults: bool) -> Vec<Meeting> {
    let (bokmal, nynorsk) = (subjects(include_str!("cases-nb.txt")), subjects(include_str!("cases-nn.txt")));
    let shift = if faults { 0 } else { dice.roll(FIRST.len()) };
    let members: Vec<Person> = MUNICIPALITIES
        .iter()
        .enumerate()
        .map(|(i, (of, _))| {
            let role = ["leder", "nestleder", "medlem"][i.min(2)];
            person(i + shift, i * 3 + shift, role, of, "present")
        })
        .collect();
    let mut all: Vec<Meeting> = Vec::new();
    let (mut next_nb, mut next_nn) = (0, 0);
    for index in 0..16 {
        let year = start + (index / 8) as i16;
        let day = wednesday(year, DAYS[index % 8]);
        let tongue = if index == NYNORSK { Tongue::Nynorsk } else { Tongue::Bokmal };
        let words = words(tongue);
        let (people, voting) = attendance(dice, &members, tongue);
        let of_year: Vec<&Meeting> = all.iter().filter(|m| m.date.year() == year).collect();
        let used = |series: &str| {
            of_year.iter().flat_map(|m| &m.cases).filter(|c| c.number.series == series).map(|c| c.number.sequence).max()
        };
        let (mut fr, rs) = (used("FR").unwrap_or(0), used("RS").unwrap_or(0));
        // One number of the first year is never used, and one of the second is used twice.
        fr += u32::from(faults && index == 4);
        fr -= u32::from(faults && index == 14);
        let mut cases = Vec::new();
        let mut number = || {
            fr += 1;
            Number { series: "FR", sequence: fr, year }
        };
        if let Some(before) = all.last() {
            cases.push(approval(number(), before.date, words));
        }
        let (list, next) = if index == NYNORSK { (&nynorsk, &mut next_nn) } else { (&bokmal, &mut next_nb) };
        for _ in 0..if index == NYNORSK { 3 } else { 2 } {
            let [title, background, recommendation] = list[*next % list.len()];
            *next += 1;
            let (place, amount) = (PLACES[dice.roll(PLACES.len())], grouped(1000 * (15 + dice.roll(160) as i64)));
            let fill = |text: &str| text.replace("{s}", place).replace("{k}", &amount);
            let texts = [fill(title), fill(background), fill(recommendation)];
            cases.push(ordinary(dice, number(), &texts, words, &people, voting));
        }
        if let Some((title, background, table)) = with_table(dice, index, start) {
            let recommendation = format!("{title} vedtas slik tabellen viser.");
            let texts = [title, background, recommendation];
            let mut case = ordinary(dice, number(), &texts, words, &people, voting);
            case.table = Some(table);
            cases.push(case);
        }
        let sender = PLACES[(index * 5) % PLACES.len()];
        cases.push(Case {
            kind: "report",
            decision: Some((words.noted.to_owned(), "noted", true)),
            ..bare(
                Number { series: "RS", sequence: rs + 1, year },
                words.report.replace("{s}", &format!("velforeningen i {sender}")),
            )
        });
        all.push(Meeting {
            tongue,
            index,
            number: format!("{}/{year}", index % 8 + 1),
            date: day,
            start: "10.00",
            planned_end: "14.30",
            end: ["13.45", "14.10", "14.25", "15.05"][dice.roll(4)],
            place: ROOMS[dice.roll(ROOMS.len())].to_owned(),
            members: members.clone(),
            people,
            cases,
        });
    }
    all
}

/// Who met, and how many of them vote.
fn attendance(dice: &mut Dice, members: &[Person], tongue: Tongue) -> (Vec<Person>, u32) {
    let mut people = members.to_vec();
    let mut deputies = Vec::new();
    // The first meets always: the chair.
    for _ in 0..dice.roll(3) {
        let at = 1 + dice.roll(members.len() - 1);
        if people[at].status == "absent" {
            continue;
        }
        people[at].status = "absent";
        if dice.roll(3) > 0 {
            let mut deputy = person(at + 5, at * 3 + 8, "", members[at].of, "deputy");
            deputy.deputy_for = Some(members[at].name.clone());
            deputies.push(deputy);
        }
    }
    people.extend(deputies);
    let voting = people.iter().filter(|p| matches!(p.status, "present" | "deputy")).count() as u32;
    let (manager, secretary) = match tongue {
        Tongue::Bokmal => ("daglig leder", "referent"),
        Tongue::Nynorsk => ("dagleg leiar", "referent"),
    };
    people.push(person(12, 13, manager, "", "staff"));
    people.push(person(13, 12, secretary, "", "staff"));
    if tongue == Tongue::Nynorsk {
        for person in &mut people {
            person.role = match person.role {
                "leder" => "leiar",
                "nestleder" => "nestleiar",
                other => other,
            };
        }
    }
    (people, voting)
}

fn bare(number: Number, title: String) -> Case {
    Case {
        number,
        title,
        kind: "political",
        officer: None,
        background: Vec::new(),
        table: None,
        recommendation: None,
        deliberation: None,
        moved: None,
        votes: Vec::new(),
        decision: None,
        references: Vec::new(),
    }
}

fn unanimous(words: &Words) -> Vec<Vote> {
    vec![Vote { said: words.unanimous.to_owned(), gold: json!({"form": "unanimous", "outcome": "adopted"}) }]
}

fn approval(number: Number, of: Date, words: &Words) -> Case {
    let text = words.approve.replace("{d}", &long(of));
    Case {
        kind: "approval",
        recommendation: Some(text.clone()),
        votes: unanimous(words),
        decision: Some((text, "adopted", true)),
        ..bare(number, format!("{} {}", words.approval, long(of)))
    }
}

fn ordinary(
    dice: &mut Dice,
    number: Number,
    [title, background, text]: &[String; 3],
    words: &Words,
    people: &[Person],
    voting: u32,
) -> Case {
    let officers = people.iter().rev().take(2).map(|p| p.name.clone()).collect::<Vec<_>>();
    let mut case = Case {
        officer: Some(officers[dice.roll(2)].clone()),
        background: vec![background.clone()],
        recommendation: Some(text.clone()),
        deliberation: Some(words.opening[dice.roll(words.opening.len())].to_owned()),
        votes: unanimous(words),
        ..bare(number, title.clone())
    };
    let (outcome, is_final) =
        if text.contains("anbefaler representantskapet") { ("recommended", false) } else { ("adopted", true) };
    case.decision = Some((text.clone(), outcome, is_final));
    // Now and then somebody moves something else, and there is a count.
    let mover = people.iter().filter(|p| p.status == "present").nth(1 + dice.roll(3));
    if words.by == "Daglig leder"
        && dice.roll(4) == 0
        && let Some(mover) = mover
    {
        let against = 1 + dice.roll(2) as u32;
        let other =
            ["Saken legges bort.", "Beløpet settes ned til det halve.", "Tiltaket prøves i ett år."][dice.roll(3)];
        case.moved = Some((format!("{} ({})", mover.name, mover.of), other.to_owned(), "alternative"));
        let said = format!("Innstillingen ble vedtatt med {} mot {against} stemmer.", voting - against);
        let gold = json!({"form": "counts", "for": voting - against, "against": against, "outcome": "adopted"});
        case.votes = vec![Vote { said, gold }];
    }
    case
}

/// The cases that hold a table, by meeting: contributions and budgets.
fn with_table(dice: &mut Dice, index: usize, start: i16) -> Option<(String, String, Table)> {
    let year = start + (index / 8) as i16;
    let next = year + 1;
    match index {
        4 | 12 => {
            let mut rows = vec![];
            let (mut old_sum, mut new_sum) = (0, 0);
            for (name, _) in MUNICIPALITIES {
                let old = 25_000 * (2 + dice.roll(9) as i64);
                let new = old * 104 / 100;
                old_sum += old;
                new_sum += new;
                rows.push((vec![name.to_owned(), grouped(old), grouped(new)], false));
            }
            rows.push((vec!["Sum".to_owned(), grouped(old_sum), grouped(new_sum)], true));
            let title = format!("Kontingent fra kommunene for {next}");
            let background = "Kontingenten følger prisveksten og øker med 4 prosent for alle kommuner.".to_owned();
            let columns = vec![
                ("Kommune".to_owned(), "label"),
                (format!("Kontingent {year}"), "amount"),
                (format!("Kontingent {next}"), "amount"),
            ];
            Some((title, background, Table { kind: "fee", columns, rows, codes: &MUNICIPALITIES }))
        }
        5 | 15 => {
            let posts = ["Lønn og møter", "Båt og drivstoff", "Renovasjon", "Skilt og kart", "Vedlikehold av brygger"];
            let mut rows = vec![];
            let (mut before, mut after) = (0, 0);
            for post in posts {
                let (old, new) = (120 + dice.roll(600) as i64, 120 + dice.roll(600) as i64);
                before += old;
                after += new;
                rows.push((vec![post.to_owned(), grouped(old), grouped(new)], false));
            }
            rows.push((vec!["Sum driftsutgifter".to_owned(), grouped(before), grouped(after)], true));
            let title = format!("Budsjett for {next}");
            let background = "Utgiftene er ført opp etter regnskapet så langt i år. Tall i 1000 kroner.".to_owned();
            let columns = vec![
                ("Post".to_owned(), "label"),
                (format!("Budsjett {year}"), "amount"),
                (format!("Budsjett {next}"), "amount"),
            ];
            Some((title, background, Table { kind: "budget", columns, rows, codes: &[] }))
        }
        _ => None,
    }
}

/// What keeps the archive from being all of one kind: things that look like faults and are none.
fn vary(meetings: &mut [Meeting]) {
    // A case put off, with the recommendation left as it was.
    let case = political(&mut meetings[1], 0);
    case.moved = None;
    case.votes = vec![Vote {
        said: "Forslaget om utsettelse ble enstemmig vedtatt.".to_owned(),
        gold: json!({"form": "unanimous", "outcome": "adopted"}),
    }];
    case.decision = Some(("Saken utsettes til befaring er holdt.".to_owned(), "postponed", false));
    // A tie that the chair decides.
    let case = political(&mut meetings[14], 1);
    case.moved = None;
    case.votes = vec![Vote {
        said: "Det ble 3 stemmer for og 3 stemmer mot. Innstillingen ble vedtatt med møtelederens dobbeltstemme."
            .to_owned(),
        gold: json!({"form": "counts", "for": 3, "against": 3, "casting_vote": true, "outcome": "adopted"}),
    }];
    let absent = meetings[14].people.iter().filter(|p| p.status == "absent").count();
    if absent == 0 {
        meetings[14].people[6].status = "absent";
    }
    // An account number of eleven digits that is no identity number.
    political(&mut meetings[2], 0).background.push("Leverandøren ber om forskudd til konto 86011517947.".to_owned());
    // A case of last year, by its full number, and a meeting of another day.
    let last_year = meetings[2].cases[1].number;
    let case = political(&mut meetings[9], 0);
    case.background.push(format!("Saken følger opp {} fra i fjor.", last_year.printed()));
    case.references.push(json!({"number": last_year.gold()}));
    political(&mut meetings[3], 1).background.push("Folkemøtet ble holdt mandag 2. juni 2008.".to_owned());
    // A case raised in the meeting and said to be so.
    let year = meetings[7].date.year();
    let sequence = meetings[7].cases.iter().filter(|c| c.number.series == "FR").map(|c| c.number.sequence).max();
    let number = Number { series: "FR", sequence: sequence.unwrap_or(0) + 1, year };
    let text = "Friluftsrådet låner ut redningsvester til skoleturen uten leie.";
    meetings[7].cases.push(Case {
        deliberation: Some("Saken ble tatt opp som tilleggssak.".to_owned()),
        votes: vec![Vote {
            said: "Forslaget ble enstemmig vedtatt.".to_owned(),
            gold: json!({"form": "unanimous", "outcome": "adopted"}),
        }],
        decision: Some((text.to_owned(), "adopted", true)),
        ..bare(number, "Utlån av redningsvester til skoletur".to_owned())
    });
}

/// The `at`th ordinary case of a meeting.
fn political(meeting: &mut Meeting, at: usize) -> &mut Case {
    let first = usize::from(meeting.index > 0);
    &mut meeting.cases[first + at]
}

/// Changes the documents, not the facts: each fault stands in one document alone or shows between two.
fn plant(papers: &mut [(Paper, Format)], meetings: &[Meeting], together: &mut Vec<Value>) {
    let names: Vec<String> = papers.iter().map(|(p, f)| format!("{}.{}", p.name, f.extension())).collect();
    let agenda_of = |m: usize| m * 2;
    let minutes_of = |m: usize| m * 2 + 1;
    let case_of = |m: usize, at: usize| meetings[m].cases[usize::from(m > 0) + at].clone();
    let mut rewrite = |paper: usize, change: &dyn Fn(&mut Meeting), finding: Option<Value>| {
        let mut meeting = meetings[paper / 2].clone();
        change(&mut meeting);
        let made = if paper.is_multiple_of(2) { agenda(&meeting) } else { minutes(&meeting) };
        papers[paper].0 = made;
        if let (Some(finding), Some(list)) = (finding, papers[paper].0.gold["findings"].as_array_mut()) {
            list.push(finding);
        }
    };
    let found = |rule: &str, cases: &[&Case]| json!({"rule": rule, "cases": cases.iter().map(|c| c.number.short()).collect::<Vec<_>>()});

    let (a, b) = (case_of(2, 0), case_of(2, 1));
    let copied = a.decision.clone();
    let change = move |m: &mut Meeting| political(m, 1).decision.clone_from(&copied);
    rewrite(minutes_of(2), &change, Some(found("decision-duplicated", &[&a, &b])));

    let own = meetings[9].date;
    let change = move |m: &mut Meeting| m.cases[0] = approval(m.cases[0].number, own, words(Tongue::Bokmal));
    rewrite(minutes_of(9), &change, Some(found("minutes-self-approval", &[&meetings[9].cases[0]])));

    let wrong = date(2008, 10, 2);
    let change = move |m: &mut Meeting| m.cases[0] = approval(m.cases[0].number, wrong, words(Tongue::Bokmal));
    rewrite(agenda_of(6), &change, None);
    let mut finding = found("approval-mismatch", &[&meetings[6].cases[0]]);
    finding["files"] = json!([names[agenda_of(6)], names[minutes_of(5)]]);
    together.push(finding);

    let case = case_of(7, 0);
    let bare_number = |m: &mut Meeting| {
        let case = political(m, 0);
        case.background.push("Styret ba om denne utredningen da sak 5/2008 var oppe.".to_owned());
        case.references.push(json!({"number": {"series": null, "sequence": 5, "year": 2008}}));
    };
    rewrite(agenda_of(7), &bare_number, None);
    let mut finding = found("reference-ambiguous", &[&case]);
    finding["files"] = json!([names[agenda_of(7)]]);
    finding["note"] = "FR 5/08 and RS 5/08".into();
    together.push(finding);

    rewrite(agenda_of(11), &|m| m.place = ".".to_owned(), Some(json!({"rule": "field-placeholder", "cases": []})));

    let case = case_of(13, 0);
    let undecided = |m: &mut Meeting| {
        let case = political(m, 0);
        (case.moved, case.decision) = (None, None);
        case.votes.clear();
    };
    rewrite(minutes_of(13), &undecided, Some(found("decision-missing", &[&case])));

    let case = case_of(5, 2);
    let mistyped = |m: &mut Meeting| shift(political(m, 2), 5, 2, 90);
    rewrite(agenda_of(5), &mistyped, Some(found("table-total", &[&case])));
    let case = case_of(15, 2);
    let rounded = |m: &mut Meeting| shift(political(m, 2), 5, 2, 1);
    let mut finding = found("table-total", &[&case]);
    finding["level"] = "info".into();
    finding["note"] = "rounding: one of five rows rounded to the thousand".into();
    rewrite(agenda_of(15), &rounded, Some(finding));

    let case = case_of(12, 2);
    let uneven = |m: &mut Meeting| {
        shift(political(m, 2), 3, 2, 9_000);
        shift(political(m, 2), 7, 2, 9_000);
    };
    rewrite(agenda_of(12), &uneven, Some(found("table-ratio", &[&case])));

    // The weekday of the agenda alone.
    let right = with_weekday(meetings[4].date, words(Tongue::Bokmal));
    for piece in &mut papers[agenda_of(4)].0.pieces {
        if let Piece::Fields(fields) = piece {
            for (_, value) in fields.iter_mut().filter(|(_, value)| *value == right) {
                *value = value.replace("onsdag", "torsdag");
            }
        }
    }
    if let Some(list) = papers[agenda_of(4)].0.gold["findings"].as_array_mut() {
        list.push(json!({"rule": "weekday-mismatch", "cases": []}));
    }

    // Planted where the numbers were given: a number never used, a number used twice.
    let first = meetings[4].cases[0].number;
    let unused = Number { sequence: first.sequence - 1, ..first };
    together.push(json!({
        "rule": "case-number-gap", "cases": [unused.short()],
        "files": [names[minutes_of(3)], names[agenda_of(4)], names[minutes_of(4)]], "note": "never used",
    }));
    let mut finding = found("case-number-duplicated", &[&meetings[14].cases[0]]);
    let of_both = [agenda_of(13), minutes_of(13), agenda_of(14), minutes_of(14)];
    finding["files"] = of_both.iter().map(|at| names[*at].as_str()).collect();
    finding["note"] = "last case of one meeting and first of the next".into();
    together.push(finding);
}

/// Adds to an amount of a case's table.
fn shift(case: &mut Case, row: usize, column: usize, by: i64) {
    if let Some(cell) = case.table.as_mut().and_then(|t| t.rows.get_mut(row)?.0.get_mut(column)) {
        let amount: i64 = cell.replace(' ', "").parse().unwrap_or_default();
        *cell = grouped(amount + by);
    }
}

/// A copy, a file cut off, and an empty one.
fn broken(files: &mut Vec<File>, together: &mut Vec<Value>) {
    let of = |start: &str| files.iter().find(|f| f.name.starts_with(start) && !f.name.ends_with(".json"));
    let original = of("styret-2009-01").map(|f| (f.name.clone(), f.bytes.clone()));
    let whole = of("styret-2008-11").map(|f| f.bytes.clone()).unwrap_or_default();
    if let Some((name, bytes)) = original {
        let copy = format!("utsendt-{name}");
        together.push(json!({"rule": "file-duplicate", "cases": [], "files": [name, copy]}));
        files.push(File {
            bytes: pretty(&json!({"documents": [], "status": "duplicate", "findings": []})),
            name: format!("{copy}.gold.json"),
        });
        files.push(File { name: copy, bytes });
    }
    let cut = whole[..whole.len().min(900)].to_vec();
    for (name, bytes) in [("vedlegg-kart.docx", cut), ("vedlegg-notat.txt", Vec::new())] {
        let gold = json!({"documents": [], "status": "failed", "findings": [{"rule": "file-unreadable", "cases": []}]});
        files.push(File { name: format!("{name}.gold.json"), bytes: pretty(&gold) });
        files.push(File { name: name.to_owned(), bytes });
    }
}

fn file_name(meeting: &Meeting, kind: &str) -> String {
    format!("styret-{}-{kind}", meeting.date)
}

fn clock(printed: &str) -> String {
    printed.replace('.', ":")
}

fn head(meeting: &Meeting, title: &str) -> Vec<Piece> {
    vec![Piece::Organisation(ORGANISATION.to_owned()), Piece::Title(title.to_owned())]
        .into_iter()
        .chain(std::iter::once(Piece::Fields(vec![
            (words(meeting.tongue).organ.to_owned(), BODY.to_owned()),
            (words(meeting.tongue).number.to_owned(), meeting.number.clone()),
            (words(meeting.tongue).day.to_owned(), with_weekday(meeting.date, words(meeting.tongue))),
        ])))
        .collect()
}

fn gold(kind: &str, title: &str, meeting: &Meeting) -> Value {
    let language = if meeting.tongue == Tongue::Nynorsk { "nn" } else { "nb" };
    let mut place = Value::from(meeting.place.as_str());
    if meeting.place == "." {
        place = Value::Null;
    }
    json!({
        "language": language,
        "documents": [{
            "kind": kind, "title": title, "body": BODY,
            "meeting": {
                "date": meeting.date.to_string(), "start": clock(meeting.start), "place": place,
                "number": meeting.number,
            },
        }],
        "findings": [], "rules_judged": JUDGED,
    })
}

fn case_gold(case: &Case, words: &Words) -> Value {
    let mut gold = json!({
        "number": case.number.gold(), "title": case.title, "type": case.kind, "references": case.references,
    });
    if let Some(officer) = &case.officer {
        gold["case_officer"] = officer.as_str().into();
    }
    if let Some(text) = &case.recommendation {
        gold["proposals"] = json!([{"text": text, "by": words.by, "kind": "recommendation"}]);
    } else {
        gold["proposals"] = json!([]);
    }
    gold
}

/// The agenda of a meeting.
fn agenda(meeting: &Meeting) -> Paper {
    let words = words(meeting.tongue);
    let mut pieces = head(meeting, words.agenda);
    if let Some(Piece::Fields(fields)) = pieces.last_mut() {
        let members: Vec<String> = meeting.members.iter().map(|m| format!("{} ({})", m.name, m.of)).collect();
        fields.push((words.time.to_owned(), format!("{}-{}", meeting.start, meeting.planned_end)));
        fields.push((words.place.to_owned(), meeting.place.clone()));
        fields.push((words.invited.to_owned(), members.join(", ")));
    }
    let announced = |c: &&Case| c.deliberation.as_deref().is_none_or(|d| !d.contains("tilleggssak"));
    let cases: Vec<&Case> = meeting.cases.iter().filter(announced).collect();
    pieces.push(Piece::Label(words.list.to_owned()));
    pieces.push(Piece::List(cases.iter().map(|c| (c.number.printed(), c.title.clone())).collect()));
    let mut gold = gold("agenda", words.agenda, meeting);
    let document = &mut gold["documents"][0];
    document["meeting"]["end"] = clock(meeting.planned_end).into();
    document["attendance"] = meeting.members.iter().map(|m| Person { role: "", ..m.clone() }.gold("invited")).collect();
    let mut listed = Vec::new();
    for case in cases {
        pieces.push(Piece::Case(case.number.printed(), case.title.clone()));
        let mut value = case_gold(case, words);
        value["decision"] = Value::Null;
        value["votes"] = json!([]);
        if let Some(officer) = &case.officer {
            pieces.push(Piece::Fields(vec![(words.officer.to_owned(), officer.clone())]));
        }
        if !case.background.is_empty() {
            pieces.push(Piece::Label(words.background.to_owned()));
            pieces.extend(case.background.iter().cloned().map(Piece::Text));
            value["background"] = case.background.join("\n").into();
        }
        value["tables"] = case.table.iter().map(Table::gold).collect();
        if let Some(table) = &case.table {
            pieces.push(table_piece(table));
        }
        if let Some(text) = &case.recommendation {
            pieces.push(Piece::Label(words.recommendation.to_owned()));
            pieces.push(Piece::Text(text.clone()));
        }
        listed.push(value);
    }
    gold["documents"][0]["cases"] = listed.into();
    Paper { name: file_name(meeting, "innkalling"), pieces, gold }
}

fn table_piece(table: &Table) -> Piece {
    let mut rows = vec![table.columns.iter().map(|(label, _)| label.clone()).collect()];
    rows.extend(table.rows.iter().map(|(cells, _)| cells.clone()));
    Piece::Table(rows)
}

/// The minutes of a meeting.
fn minutes(meeting: &Meeting) -> Paper {
    let words = words(meeting.tongue);
    let mut pieces = head(meeting, words.minutes);
    let of = |status: &str| meeting.people.iter().filter(|p| p.status == status).collect::<Vec<_>>();
    let (chair, staff) = (&meeting.people[0].name, of("staff"));
    let secretary = &staff[1].name;
    if let Some(Piece::Fields(fields)) = pieces.last_mut() {
        fields.push((words.time.to_owned(), meeting.start.to_owned()));
        fields.push((words.ended.to_owned(), meeting.end.to_owned()));
        fields.push((words.place.to_owned(), meeting.place.clone()));
        fields.push((words.chair.to_owned(), chair.clone()));
        fields.push((words.secretary.to_owned(), secretary.clone()));
    }
    for (label, status) in
        [(words.present, "present"), (words.absent, "absent"), (words.deputies, "deputy"), (words.staff, "staff")]
    {
        let people = of(status);
        if people.is_empty() {
            continue;
        }
        pieces.push(Piece::Label(label.to_owned()));
        let line = |p: &&Person| match status {
            "present" => format!("{} ({}), {}", p.name, p.of, p.role),
            "deputy" => {
                format!("{} ({}) for {}", p.name, p.of, p.deputy_for.as_deref().unwrap_or_default())
            }
            "staff" => format!("{}, {}", p.name, p.role),
            _ => format!("{} ({})", p.name, p.of),
        };
        pieces.push(Piece::Names(people.iter().map(line).collect()));
    }
    let mut gold = gold("minutes", words.minutes, meeting);
    let document = &mut gold["documents"][0];
    document["meeting"]["end"] = clock(meeting.end).into();
    document["meeting"]["chair"] = chair.as_str().into();
    document["meeting"]["secretary"] = secretary.as_str().into();
    document["attendance"] = meeting
        .people
        .iter()
        .map(|p| if p.status == "absent" { Person { role: "", ..p.clone() } } else { p.clone() }.gold(p.status))
        .collect();
    let mut listed = Vec::new();
    for case in &meeting.cases {
        pieces.push(Piece::Case(case.number.printed(), case.title.clone()));
        let mut value = case_gold(case, words);
        if let Some(text) = &case.recommendation {
            pieces.push(Piece::Label(words.recommendation.to_owned()));
            pieces.push(Piece::Text(text.clone()));
        }
        if let Some(text) = &case.deliberation {
            pieces.push(Piece::Label(words.deliberation.to_owned()));
            pieces.push(Piece::Text(text.clone()));
        }
        if let Some((by, text, kind)) = &case.moved {
            pieces.push(Piece::Text(format!("{by} satte fram følgende forslag:")));
            pieces.push(Piece::Text(text.clone()));
            let name = by.split(" (").next().unwrap_or_default();
            if let Some(list) = value["proposals"].as_array_mut() {
                list.push(json!({"text": text, "by": name, "kind": kind}));
            }
        }
        if case.moved.is_none() {
            value["deliberation"] = case.deliberation.as_deref().map_or(Value::Null, Into::into);
        }
        if !case.votes.is_empty() {
            pieces.push(Piece::Label(words.voting.to_owned()));
            pieces.extend(case.votes.iter().map(|v| Piece::Text(v.said.clone())));
        }
        value["votes"] = case.votes.iter().map(|v| v.gold.clone()).collect();
        value["decision"] = Value::Null;
        if let Some((text, outcome, is_final)) = &case.decision {
            pieces.push(Piece::Label(words.decision.to_owned()));
            pieces.push(Piece::Text(text.clone()));
            value["decision"] = json!({"text": text, "outcome": outcome, "final": is_final});
        }
        // The background stands in the agenda, and with it what it refers to.
        value["references"] = json!([]);
        listed.push(value);
    }
    gold["documents"][0]["cases"] = listed.into();
    let (chair_role, secretary_role) = (meeting.people[0].role, staff[1].role);
    for (name, role) in [(chair, chair_role), (secretary, secretary_role)] {
        pieces.push(Piece::Line(format!("{name} (sign.)")));
        pieces.push(Piece::Line(role.to_owned()));
    }
    gold["documents"][0]["signatures"] = json!([
        {"name": chair, "role": chair_role, "signed": true}, {"name": secretary, "role": secretary_role, "signed": true},
    ]);
    Paper { name: file_name(meeting, "referat"), pieces, gold }
}

/// The plan of the second year.
fn plan(meetings: &[Meeting]) -> Paper {
    let bokmal = words(Tongue::Bokmal);
    let year = meetings[8].date.year();
    let title = format!("Møteplan {year}");
    let mut rows = vec![["Utvalg", "Dag", "Dato", "Tid", "Sted"].map(str::to_owned).to_vec()];
    let mut planned = Vec::new();
    for meeting in &meetings[8..] {
        let day = meeting.date;
        let weekday = bokmal.weekdays[day.weekday().to_monday_zero_offset() as usize];
        let printed = format!("{:02}.{:02}.{}", day.day(), day.month(), day.year());
        let place = ROOMS[meeting.index % ROOMS.len()];
        let time = format!("{}-{}", meeting.start, meeting.planned_end);
        rows.push(vec!["Styret".to_owned(), weekday.to_owned(), printed, time, place.to_owned()]);
        planned.push(json!({
            "body": "Styret", "date": day.to_string(), "weekday": weekday, "start": clock(meeting.start),
            "end": clock(meeting.planned_end), "place": place,
        }));
    }
    let pieces = vec![
        Piece::Organisation(ORGANISATION.to_owned()),
        Piece::Title(title.clone()),
        Piece::Text("Planen kan endres hvis været hindrer befaring.".to_owned()),
        Piece::Table(rows),
    ];
    let gold = json!({
        "documents": [{"kind": "meeting_plan", "title": title, "planned_meetings": planned}],
        "findings": [], "rules_judged": JUDGED,
    });
    Paper { name: format!("moteplan-{year}"), pieces, gold }
}

/// The paper of one case, with a table of fees that has subtotals.
fn case_paper(meetings: &[Meeting]) -> Paper {
    let meeting = &meetings[6];
    let (case, day) = (&meeting.cases[1], date(meeting.date.year(), 10, 27));
    let officer = case.officer.clone().unwrap_or_default();
    let row = |label: &str, cells: [&str; 3], total| {
        (std::iter::once(label).chain(cells).map(str::to_owned).collect::<Vec<_>>(), total)
    };
    let next = day.year() + 1;
    let table = Table {
        kind: "fee",
        columns: vec![
            ("Utleie".to_owned(), "label"),
            ("Antall døgn".to_owned(), "count"),
            (format!("Pris {next}"), "amount"),
            ("Inntekt".to_owned(), "amount"),
        ],
        rows: vec![
            row("Gamlestua", ["40", "650", "26 000"], false),
            row("Fyrvokterboligen", ["55", "900", "49 500"], false),
            row("Delsum hytter", ["95", "", "75 500"], true),
            row("Lavvo", ["20", "250", "5 000"], false),
            row("Naustloft", ["31", "300", "9 300"], false),
            row("Sum alle", ["146", "", "89 800"], true),
        ],
        codes: &[],
    };
    let background = "Utleieprisene har stått stille i tre år. Tabellen viser ventet bruk og inntekt.";
    let recommendation = case.recommendation.clone().unwrap_or_default();
    let pieces = vec![
        Piece::Organisation(ORGANISATION.to_owned()),
        Piece::Title("Saksframlegg".to_owned()),
        Piece::Fields(vec![("Organ".to_owned(), BODY.to_owned()), ("Dato".to_owned(), long(day))]),
        Piece::Case(case.number.printed(), case.title.clone()),
        Piece::Fields(vec![("Saksbehandler".to_owned(), officer.clone())]),
        Piece::Label("Bakgrunn".to_owned()),
        Piece::Text(background.to_owned()),
        table_piece(&table),
        Piece::Label("Daglig leders innstilling".to_owned()),
        Piece::Text(recommendation.clone()),
    ];
    let gold = json!({
        "documents": [{
            "kind": "case_paper", "title": "Saksframlegg", "body": BODY, "document_date": day.to_string(),
            "cases": [{
                "number": case.number.gold(), "title": case.title, "type": "political", "case_officer": officer,
                "background": background, "decision": null, "votes": [], "references": [],
                "proposals": [{"text": recommendation, "by": "Daglig leder", "kind": "recommendation"}],
                "tables": [table.gold()],
            }],
        }],
        "findings": [], "rules_judged": JUDGED,
    });
    Paper { name: format!("saksframlegg-{day}"), pieces, gold }
}
