//! What is answered to a request.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use crate::address::is_this_computer;
use crate::health::Health;
use crate::page;
use crate::shared::Shared;

/// Pages hold no scripts and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// The routes.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/health", get(health))
        .fallback(nothing)
        .layer(from_fn(guard))
        .with_state(shared)
}

async fn front(State(shared): State<Arc<Shared>>) -> Response {
    match seen(&shared).await {
        Some(health) => Html(page::html(&health)).into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn health(State(shared): State<Arc<Shared>>) -> Response {
    match seen(&shared).await {
        Some(health) if health.is_good() => Json(health).into_response(),
        Some(health) => (StatusCode::SERVICE_UNAVAILABLE, Json(health)).into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn seen(shared: &Shared) -> Option<Health> {
    let look = shared.look().await?;
    Some(Health::of(shared, &look))
}

async fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "没有这一页;首页是 /,供程序读取的是 /health\n").into_response()
}

/// Refuses what names another computer, and tells the browser to keep nothing.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let mut response = match host.and_then(|host| host.to_str().ok()).map(is_this_computer) {
        Some(true) => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, "镇账服务只在本机使用:请打开 http://127.0.0.1 开头的地址\n")
            .into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
