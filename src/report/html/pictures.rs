//! The life of the bodies as pictures on one axis of time: meetings, approvals of minutes, missing numbers.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Page;
use crate::bodies::{Body, Meeting, Series};

/// Bodies drawn in a picture: those with most meetings.
const BODIES: usize = 25;

/// Series listed with missing numbers: those that miss most.
const SERIES: usize = 60;

/// Rows of missing numbers named in words.
const NAMED: usize = 8;

/// Widths in pixels: of the names before the axis, and of the axis.
const NAME: f64 = 240.0;
const AXIS: f64 = 760.0;

/// The longest name before the axis, in characters.
const NAME_CHARS: usize = 32;

/// Height in pixels of a body's row.
const ROW: f64 = 30.0;

/// A break between two meetings is a gap where it is as long as this, in days, and several times the body's usual one.
const LEAST_GAP: i32 = 100;
const TIMES_USUAL: i32 = 3;

/// A span of time that is drawn.
struct Axis {
    first: Date,
    days: f64,
}

impl Axis {
    /// The axis from the first to the last meeting, in whole years.
    fn over(bodies: &[&Body]) -> Option<Self> {
        let years = || bodies.iter().flat_map(|b| &b.meetings).filter_map(|m| Some(day(m)?.year()));
        let first = Date::new(years().min()?, 1, 1).ok()?;
        let last = Date::new(years().max()?, 12, 31).ok()?;
        Some(Self { first, days: f64::from(days(first, last)) })
    }

    fn x(&self, date: Date) -> f64 {
        NAME + AXIS * f64::from(days(self.first, date)) / self.days
    }

    /// Years to name, so that the names do not run into one another.
    fn years(&self) -> impl Iterator<Item = (i16, f64)> + '_ {
        let years = (self.days / 365.0).ceil() as i16;
        let step = [1, 2, 5, 10, 20, 50].into_iter().find(|step| years / step <= 18).unwrap_or(100);
        let all = (0..years).map(|i| self.first.year() + i).filter(move |y| y % step == 0 || years <= 2);
        all.filter_map(|year| Some((year, self.x(Date::new(year, 1, 1).ok()?))))
    }
}

fn day(meeting: &Meeting) -> Option<Date> {
    meeting.date.parse().ok()
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Breaks between meetings that are far longer than the body's usual one.
fn gaps(meetings: &[Meeting]) -> Vec<(Date, Date)> {
    let dates: Vec<Date> = meetings.iter().filter_map(day).collect();
    let mut breaks: Vec<i32> = dates.windows(2).map(|w| days(w[0], w[1])).collect();
    breaks.sort_unstable();
    let usual = breaks.get(breaks.len() / 2).copied().unwrap_or_default();
    let is_gap = |w: &&[Date]| days(w[0], w[1]) >= LEAST_GAP.max(TIMES_USUAL * usual);
    dates.windows(2).filter(is_gap).map(|w| (w[0], w[1])).collect()
}

impl Page<'_> {
    /// The bodies with most meetings, and how many more there are.
    fn drawn(&self) -> (Vec<&Body>, usize) {
        let mut bodies: Vec<&Body> = self.report.bodies.iter().filter(|b| !b.meetings.is_empty()).collect();
        bodies.sort_by_key(|b| (std::cmp::Reverse(b.meetings.len()), &b.municipality, &b.body));
        let more = bodies.len().saturating_sub(BODIES);
        bodies.truncate(BODIES);
        (bodies, more)
    }

    /// A picture with a row for each body; `row` draws what stands on the axis, below the given height.
    fn picture(&self, id: &str, label: &str, row: impl Fn(&Body, &Axis, f64) -> Markup) -> Markup {
        let (bodies, more) = self.drawn();
        let Some(axis) = Axis::over(&bodies) else { return html! {} };
        let (width, height) = (NAME + AXIS + 20.0, (bodies.len() + 1) as f64 * ROW);
        html! {
            section.scroll tabindex="0" aria-label=(label) {
                svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="img" aria-labelledby=(id) {
                    title id=(id) { (label) }
                    @for (year, x) in axis.years() {
                        text.axis x=(px(x)) y="14" { (year) }
                        line.grid x1=(px(x)) x2=(px(x)) y1="20" y2=(height) {}
                    }
                    @for (i, body) in bodies.iter().enumerate() {
                        @let y = (i + 1) as f64 * ROW;
                        text x="0" y=(y + 14.0) { (short(&self.clean(&body.body))) }
                        (row(body, &axis, y))
                    }
                }
            }
            @if more > 0 { p.note { (self.n(more as u64)) " " (self.t("organer til", "more bodies")) } }
        }
    }

    /// When each body met, what is at hand of it, and where nothing is.
    pub(super) fn meetings(&self) -> Markup {
        let picture = self.picture("picture-meetings", self.t("Møter per organ", "Meetings by body"), |body, axis, y| {
            html! {
                @for (from, to) in gaps(&body.meetings) {
                    rect.gap x=(px(axis.x(from) + 3.0)) y=(y) width=(px(axis.x(to) - axis.x(from) - 4.0)) height="20" {
                        title { (self.t("ingen møter mellom ", "no meetings between ")) (from) (self.t(" og ", " and ")) (to) }
                    }
                }
                @for (meeting, date) in body.meetings.iter().filter_map(|m| Some((m, day(m)?))) {
                    @let (class, top, height) = match (meeting.agendas.is_empty(), meeting.minutes.is_empty()) {
                        (false, false) => ("both", 0.0, 20.0),
                        (true, false) => ("minutes", 10.0, 10.0),
                        _ => ("agenda", 0.0, 10.0),
                    };
                    rect class=(class) x=(px(axis.x(date))) y=(y + top) width="3" height=(height) { title { (meeting.date) } }
                }
            }
        });
        html! {
            section #meetings {
                h2 { (self.t("Møter", "Meetings")) }
                p.legend {
                    span { span.key.both {} (self.t("innkalling og protokoll", "agenda and minutes")) } " "
                    span { span.key.agenda {} (self.t("bare innkalling", "agenda only")) } " "
                    span { span.key.minutes {} (self.t("bare protokoll", "minutes only")) } " "
                    span { span.key.gap {} (self.t("uvanlig lang tid uten møter", "unusually long without meetings")) }
                }
                (picture)
            }
        }
    }

    /// Which meeting approved the minutes of which; minutes that no later meeting approves stand out.
    pub(super) fn approvals(&self) -> Markup {
        let any = self.report.bodies.iter().flat_map(|b| &b.meetings).any(|m| m.approved.is_some());
        if !any {
            return html! {};
        }
        let label = self.t("Godkjenning av protokoller", "Approval of minutes");
        let picture = self.picture("picture-approvals", label, |body, axis, y| {
            let last = body.meetings.iter().filter_map(|m| m.approved.as_deref()).max();
            html! {
                @for (meeting, date) in body.meetings.iter().filter(|m| !m.minutes.is_empty()).filter_map(|m| Some((m, day(m)?))) {
                    @let approved = meeting.approved.as_deref().and_then(|d| d.parse::<Date>().ok());
                    @if let Some(approved) = approved {
                        @let (from, to) = (axis.x(date), axis.x(approved));
                        path.approval d=(format!("M{from:.1} {:.1} Q{:.1} {:.1} {to:.1} {:.1}", y + 14.0, (from + to) / 2.0, y - 4.0, y + 14.0)) {}
                    }
                    @let is_open = approved.is_none() && last.is_some_and(|last| last > meeting.date.as_str());
                    circle class=(if is_open { "unapproved" } else { "approved" }) cx=(px(axis.x(date))) cy=(y + 14.0) r=(if is_open { 5 } else { 2 }) {
                        title { (meeting.date) @if is_open { " – " (self.t("ikke godkjent", "not approved")) } }
                    }
                }
            }
        });
        html! {
            section #approvals {
                h2 { (label) }
                p.legend {
                    span { span.key.approved {} (self.t("godkjent av møtet som buen fører til", "approved by the meeting that the arc leads to")) } " "
                    span { span.key.unapproved {} (self.t("ikke godkjent av noe senere møte", "not approved by any later meeting")) }
                }
                (picture)
            }
        }
    }

    /// The series that miss numbers.
    pub(super) fn missing_numbers(&self) -> Markup {
        let missing = |s: &Series| s.missing.iter().map(|(a, b)| u64::from(b - a + 1)).sum::<u64>();
        let mut rows: Vec<(&Body, &Series)> =
            self.report.bodies.iter().flat_map(|b| b.series.iter().map(move |s| (b, s))).collect();
        rows.retain(|(_, s)| !s.missing.is_empty());
        if rows.is_empty() {
            return html! {};
        }
        rows.sort_by_key(|(body, s)| (std::cmp::Reverse(missing(s)), &body.body, s.year, &s.series));
        let more = rows.len().saturating_sub(SERIES);
        rows.truncate(SERIES);
        html! {
            section #numbers {
                h2 { (self.t("Saksnumre som mangler", "Missing case numbers")) }
                section.scroll tabindex="0" aria-label=(self.t("Saksnumre som mangler", "Missing case numbers")) {
                    table {
                        thead { tr {
                            th scope="col" { (self.t("organ", "body")) } th scope="col" { (self.t("serie", "series")) }
                            th scope="col" { (self.t("år", "year")) } th scope="col" { (self.t("første–siste", "first–last")) }
                            th.number scope="col" { (self.t("mangler", "missing")) } th scope="col" { (self.t("numre", "numbers")) }
                        } }
                        tbody { @for (body, series) in rows { tr {
                            td { (self.clean(&body.body)) } td { (series.series.as_deref().unwrap_or("–")) } td { (series.year) }
                            td { (series.first) "–" (series.last) (strip(series)) }
                            td.number { (self.n(missing(series))) }
                            td { (named(series)) }
                        } } }
                    }
                }
                @if more > 0 { p.note { (self.n(more as u64)) " " (self.t("serier til: motebok report OUT --format csv --list missing-numbers", "more series: motebok report OUT --format csv --list missing-numbers")) } }
            }
        }
    }
}

/// The numbers of a series as a strip: those at hand dark, those missing open.
fn strip(series: &Series) -> Markup {
    let width = 160.0;
    let count = f64::from(series.last - series.first + 1);
    let x = |number: u32| width * f64::from(number - series.first) / count;
    html! {
        svg.strip viewBox={ "0 0 " (width) " 10" } width=(width) height="10" aria-hidden="true" {
            rect.both x="0" y="0" width=(width) height="10" {}
            @for (from, to) in &series.missing {
                rect.hole x=(px(x(*from))) y="1" width=(px((x(to + 1) - x(*from)).max(1.0))) height="8" {}
            }
        }
    }
}

/// The first rows of missing numbers in words: `12, 14–16`.
fn named(series: &Series) -> String {
    let row = |(a, b): &(u32, u32)| if a == b { a.to_string() } else { format!("{a}–{b}") };
    let mut named: Vec<String> = series.missing.iter().take(NAMED).map(row).collect();
    if series.missing.len() > NAMED {
        named.push("…".to_owned());
    }
    named.join(", ")
}

/// A name that fits before the axis.
fn short(name: &str) -> String {
    match name.char_indices().nth(NAME_CHARS) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}
