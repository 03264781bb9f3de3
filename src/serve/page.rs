//! What all pages share: the frame, addresses, texts made harmless.

use std::borrow::Cow;

use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::ask::{Ask, Failure};
use crate::messages::Lang;
use crate::report::percent;

/// A page with its head and the way to the others.
pub(super) fn whole(ask: &Ask, title: &str, content: &Markup) -> Markup {
    let other = ask.view.lang.pick("en", "nb");
    let is_here = |path: &str| (ask.path == path || (path == "/" && ask.path == "/search")).then_some("page");
    frame(
        ask.view.lang,
        &ask.view.text(title),
        &html! {
            a.skip href="#main" { (ask.t("Gå til innholdet", "Go to the content")) }
            header.top {
                nav aria-label=(ask.t("Sider", "Pages")) {
                    a.brand href="/" { "motebok" }
                    a href="/" aria-current=[is_here("/")] { (ask.t("Søk", "Search")) }
                    a href="/bodies" aria-current=[is_here("/bodies")] { (ask.t("Møter", "Meetings")) }
                    a href="/findings" aria-current=[is_here("/findings")] { (ask.t("Funn", "Findings")) }
                    a.other href=(ask.with(&[("lang", other)])) lang=(other) hreflang=(other) { (ask.t("English", "Norsk")) }
                }
            }
            main #main { (content) }
        },
    )
}

fn frame(lang: Lang, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (inert(title)) " – motebok" }
                link rel="stylesheet" href="/style.css";
                script src="/script.js" defer {}
            }
            body { (body) }
        }
    }
}

/// Says why there is no page.
pub(super) fn failed(lang: Lang, failure: &Failure) -> Response {
    let why = match lang {
        Lang::Nb => &failure.nb,
        Lang::En => &failure.en,
    };
    let title = lang.pick("Det gikk ikke", "That did not work");
    let body = html! {
        main {
            h1 { (title) }
            p { (inert(why)) }
            p { a href="/" { (lang.pick("Til søket", "To the search")) } }
        }
    };
    (failure.status, Html(frame(lang, title, &body).into_string())).into_response()
}

/// The address of a path with parameters.
pub(super) fn address<'p>(path: &str, parameters: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let mut address: String = path.split('/').map(percent).collect::<Vec<_>>().join("/");
    for (i, (name, value)) in parameters.enumerate() {
        address.push(if i == 0 { '?' } else { '&' });
        address.push_str(&format!("{}={}", percent(name), percent(value)));
    }
    address
}

/// The address of a document, at a block where one is given.
pub(super) fn document(path: &str, block: Option<u32>) -> String {
    let place = block.map(|b| format!("#b{b}")).unwrap_or_default();
    address(&format!("/document/{path}"), std::iter::empty()) + &place
}

/// A text as it may be shown, without what a browser or a reader's eye would obey: control characters become pictures.
/// Marks of writing direction stay; each text stands isolated from those around it.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    let obeys = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{2028}';
    if !text.contains(obeys) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| char::from_u32(0x2400 + c as u32).filter(|_| c < ' ').unwrap_or('\u{fffd}');
    let shown = |c: char| match c {
        '\u{2028}' => '\n',
        c if obeys(c) => picture(c),
        c => c,
    };
    text.chars().map(shown).collect::<String>().into()
}

/// A path in which `%41` stands for `A`; none where that gives no text.
pub(super) fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut text = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digits = path.get(at + 1..at + 3).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
            text.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            text.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(text).ok()
}

/// The beginning of a text, of `chars` characters at most.
pub(super) fn begin(text: &str, chars: usize) -> (&str, bool) {
    match text.char_indices().nth(chars) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// The pages of a long list.
pub(super) fn pages(ask: &Ask, page: usize, size: usize, total: usize) -> Markup {
    let last = total.div_ceil(size).max(1);
    html! {
        @if last > 1 {
            nav.pages aria-label=(ask.t("Sider av listen", "Pages of the list")) {
                @if page > 1 { a rel="prev" href=(ask.with(&[("page", &(page - 1).to_string())])) { (ask.t("← Forrige", "← Previous")) } }
                span { (ask.t("Side ", "Page ")) (page) (ask.t(" av ", " of ")) (last) }
                @if page < last { a rel="next" href=(ask.with(&[("page", &(page + 1).to_string())])) { (ask.t("Neste →", "Next →")) } }
            }
        }
    }
}
