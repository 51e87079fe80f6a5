//! What narrows a stream: its own filter, or that of a saved view, which may change meanwhile.

use std::sync::Arc;

use tonic::Status;

use crate::api::convert::activity::open_subject;
use crate::api::pb;
use crate::api::pb::activity::State;
use crate::domain::caller::Scope;
use crate::domain::condition::Condition;
use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record_type::RecordType;
use crate::domain::view::{Content, View};
use crate::domain::violation::{Violation, Violations};
use crate::engine::{Engine, Error, Kind};
use crate::feed::narrowing::Narrowing;
use crate::feed::{Feed, FollowedView, Session};
use crate::store::{records, tenants};

/// The largest window of a stream.
const LARGEST: i32 = 500;

/// What a stream was asked to show.
pub(super) struct Asked {
    organization: OrganizationId,
    scope: Scope,
    filter: String,
    saved_view: String,
}

/// What it shows by now.
pub(super) struct Shown {
    pub narrowing: Narrowing,
    /// The window that the view says.
    pub window: Option<i32>,
    view: Option<View>,
}

/// A stream's view, which it follows.
pub(super) struct Followed {
    asked: Asked,
    view: FollowedView,
}

impl Asked {
    /// Returns what a stream is asked to show. `None`: the whole queue.
    pub(super) fn of(
        message: &pb::WatchWorkQueueRequest,
        organization: OrganizationId,
        scope: Scope,
    ) -> Option<Self> {
        let (filter, saved_view) = (message.filter.clone(), message.saved_view.clone());
        let narrows = !filter.is_empty() || !saved_view.is_empty();
        narrows.then_some(Self { organization, scope, filter, saved_view })
    }

    /// Reads what it means by now, from the primary: a replica may not know a view's last change.
    pub(super) async fn read(&self, engine: &Engine) -> Result<Shown, Status> {
        let mut narrowing = Narrowing::default();
        if !self.filter.is_empty() {
            narrowing.filter = Some(Condition::check("filter", &self.filter, &open_subject())?);
        }
        if self.saved_view.is_empty() {
            return Ok(Shown { narrowing, window: None, view: None });
        }

        let [id] = names::VIEW.parse("saved_view", &self.saved_view)?;
        let mut conn = engine.store().connection().await.map_err(Error::from)?;
        let found = tenants::views::find(&mut conn, self.organization, id).await.map_err(Error::from)?;
        let missing = || Error::Missing { kind: Kind::View, name: names::VIEW.name([id]) };
        let view = found.filter(|view| view.is_visible(self.scope)).ok_or_else(missing)?;
        drop(conn);
        check(&view.content)?;

        if narrowing.filter.is_none() && !view.content.filter.is_empty() {
            narrowing.filter = Some(filter_of(&view.content)?);
        }
        narrowing.record_type = self.record_type(engine, &view.content).await?.map(Arc::new);
        let window = Some(view.content.window_size.min(LARGEST)).filter(|size| *size > 0);
        Ok(Shown { narrowing, window, view: Some(view) })
    }

    /// The type of the records that a view lists, if it says one.
    async fn record_type(&self, engine: &Engine, content: &Content) -> Result<Option<RecordType>, Status> {
        if content.record_type.is_empty() {
            return Ok(None);
        }
        let [id] = names::RECORD_TYPE.parse("saved_view", &content.record_type)?;
        let mut conn = engine.store().connection().await.map_err(Error::from)?;
        let found = records::types::find(&mut conn, self.organization, id).await.map_err(Error::from)?;
        let missing = || Error::Missing { kind: Kind::RecordType, name: names::RECORD_TYPE.name([id]) };
        Ok(Some(found.ok_or_else(missing)?))
    }
}

impl Shown {
    /// Follows the view that says it, if one does.
    pub(super) fn follow(&self, asked: Asked, feed: &Feed) -> Option<Box<Followed>> {
        Some(Box::new(Followed { asked, view: self.followed(feed)? }))
    }

    fn followed(&self, feed: &Feed) -> Option<FollowedView> {
        let view = self.view.as_ref()?;
        Some(feed.follow_view((view.organization, view.id), view.content.clone()))
    }
}

impl Followed {
    /// Waits until the view has changed.
    pub(super) async fn changed(&self) {
        self.view.changed().await;
    }

    /// Shows what the view says by now, if it has changed.
    ///
    /// # Errors
    /// It is gone, or says what no stream can show.
    pub(super) async fn apply(
        &mut self,
        engine: &Engine,
        feed: &Feed,
        session: &mut Session,
    ) -> Result<(), Status> {
        if self.view.take_change() {
            let shown = self.asked.read(engine).await?;
            // It may be another one of the same name.
            if let Some(view) = shown.followed(feed) {
                self.view = view;
            }
            session.narrow(shown.narrowing);
        }
        Ok(())
    }
}

/// Checks that a stream can show what a view lists.
fn check(content: &Content) -> Result<(), Violations> {
    let due_alone = content.states.iter().all(|state| *state == State::Due as i32);
    let unfit =
        [("order_by", !content.order_by.is_empty()), ("due", content.due != 0), ("states", !due_alone)];
    let told = |(field, _)| {
        let rule = format!("must be of a view without {field}: a stream shows what is due, in queue order");
        Violation::new("saved_view", Reason::FieldInvalid, rule)
    };
    let found: Violations = unfit.into_iter().filter(|(_, unfit)| *unfit).map(told).collect();
    found.into_result(())
}

/// The condition of a view, which only changes its answer with the revision of the queue.
fn filter_of(content: &Content) -> Result<Condition, Violations> {
    let subject = open_subject().as_saved();
    Condition::parse(&content.filter, &subject).map_err(|_| {
        let rule = "must be of a view whose filter says nothing of record: a stream only shows what changes \
                    with its queue";
        Violations::one("saved_view", Reason::FieldInvalid, rule)
    })
}
