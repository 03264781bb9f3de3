//! The reading room: an archive as pages in the browser, on this machine alone.
//!
//! Every page is also JSON, at the same address with `.json` behind. All it writes is a line in `verdicts.jsonl` or
//! `corrections.jsonl`.

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Form, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::archive::Archive;
use crate::messages::Lang;
use crate::report::View;

mod ask;
mod case;
mod differences;
mod document;
mod fields;
mod find;
mod lists;
mod original;
mod page;
mod room;
mod say;
mod shown;

use ask::{Ask, Failure, Reply};
use room::Room;

/// The largest form that is taken, in bytes.
const FORM_BYTES: usize = 256 << 10;

/// How long what is under way may take when the server is told to end.
const LAST: Duration = Duration::from_secs(2);

/// Nothing from elsewhere, nothing inline. `connect-src` is for results that come while one types.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Why there are no pages.
#[derive(Debug, thiserror::Error)]
#[error("cannot serve at port {port}: {error}")]
pub struct ServeError {
    port: u16,
    error: std::io::Error,
}

/// A reading room that listens.
pub struct Server {
    listener: TcpListener,
    room: Arc<Room>,
}

impl Server {
    /// Listens on 127.0.0.1 at `port`, or at any free one where that is 0.
    ///
    /// # Errors
    /// Where the port is taken.
    pub fn bind(archive: Archive, port: u16, view: View) -> Result<Self, ServeError> {
        let failed = |error| ServeError { port, error };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, room: Arc::new(Room::new(archive, view, port, token())) })
    }

    /// The address of the first page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.room.port)
    }

    /// Answers until the process is interrupted.
    ///
    /// # Errors
    /// Where the threads cannot be started or the port is lost.
    pub fn run(self) -> Result<(), ServeError> {
        let port = self.room.port;
        let failed = |error| ServeError { port, error };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_io().build().map_err(failed)?;
        let ended = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let serving = tokio::spawn(async move { axum::serve(listener, router(self.room)).await });
            tokio::signal::ctrl_c().await?;
            serving.abort();
            Ok(())
        });
        runtime.shutdown_timeout(LAST);
        ended.map_err(failed)
    }
}

/// A word that only pages of this process know, 32 hexadecimal digits: a keyed hash, the key from the system's randomness.
fn token() -> String {
    (0..2).map(|i| format!("{:016x}", RandomState::new().hash_one(i))).collect()
}

fn router(room: Arc<Room>) -> Router {
    Router::new()
        .route("/style.css", get(style))
        .route("/script.js", get(async || asset("text/javascript; charset=utf-8", include_str!("serve/script.js"))))
        .route("/verdict", post(verdict))
        .route("/correction", post(correction))
        .fallback(get(read))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(middleware::from_fn_with_state(room.clone(), guard))
        .with_state(room)
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", concat!(include_str!("report/report.css"), include_str!("serve/style.css")))
}

fn asset(mime: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, mime)], text).into_response()
}

/// Answers only to this machine's names, takes forms only from its own pages, and forbids browsers the rest.
async fn guard(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&room, request.method(), request.headers()) {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Under `no-referrer` browsers send their own forms without an origin.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Why a request is not for this room.
fn refusal(room: &Room, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", room.port));
    let Some(host) = text(header::HOST).filter(|host| hosts.iter().any(|h| h == host)) else {
        return Some("wrong Host");
    };
    let is_own = text(header::ORIGIN).is_some_and(|origin| origin == format!("http://{host}"));
    (method == Method::POST && !is_own).then_some("wrong Origin")
}

type Pairs = Vec<(String, String)>;

async fn read(
    State(room): State<Arc<Room>>,
    headers: HeaderMap,
    uri: Uri,
    Query(parameters): Query<Pairs>,
) -> Response {
    let chosen = parameters.iter().find(|(name, _)| name == "lang").and_then(|(_, tag)| Lang::of_tag(tag));
    let lang = language(&room, &headers, chosen);
    let mut response = blocking(lang, move || {
        let path = page::decoded(uri.path()).ok_or_else(Failure::unknown)?;
        Ask::new(&room, lang, path, parameters).answer()
    })
    .await;
    let cookie = chosen.map(|lang| format!("lang={}; Path=/; SameSite=Strict; HttpOnly", lang.tag()));
    if let Some(cookie) = cookie.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

async fn verdict(State(room): State<Arc<Room>>, headers: HeaderMap, Form(form): Form<Pairs>) -> Response {
    let lang = language(&room, &headers, None);
    blocking(lang, move || say::verdict(&room, lang, &say::Form(form))).await
}

async fn correction(State(room): State<Arc<Room>>, headers: HeaderMap, Form(form): Form<Pairs>) -> Response {
    let lang = language(&room, &headers, None);
    blocking(lang, move || say::correction(&room, lang, &say::Form(form))).await
}

/// The language that is asked for, else that of an earlier choice, else that of the program.
fn language(room: &Room, headers: &HeaderMap, chosen: Option<Lang>) -> Lang {
    let cookies = headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let earlier = || cookies.split("; ").find_map(|c| Lang::of_tag(c.strip_prefix("lang=")?));
    chosen.or_else(earlier).unwrap_or(room.view.lang)
}

/// Runs what reads and writes files away from the threads that answer.
async fn blocking(lang: Lang, work: impl FnOnce() -> Result<Reply, Failure> + Send + 'static) -> Response {
    let reply = match tokio::task::spawn_blocking(work).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(failure)) => return page::failed(lang, &failure),
        Err(_) => return page::failed(lang, &Failure::broken("the page could not be made")),
    };
    match reply {
        Reply::Html(html) => axum::response::Html(html).into_response(),
        Reply::File { mime, name, bytes, lasting } => file(&mime, name.as_deref(), bytes, lasting),
        Reply::Moved(to) => Redirect::to(&to).into_response(),
    }
}

fn file(mime: &str, name: Option<&str>, bytes: Vec<u8>, lasting: bool) -> Response {
    let mut response = Bytes::from(bytes).into_response();
    let headers = response.headers_mut();
    let mut set = |header, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(header, value);
        }
    };
    set(header::CONTENT_TYPE, mime);
    if let Some(name) = name {
        set(header::CONTENT_DISPOSITION, &format!("attachment; filename*=UTF-8''{}", crate::report::percent(name)));
    }
    if lasting {
        set(header::CACHE_CONTROL, "private, max-age=600");
    }
    response
}
