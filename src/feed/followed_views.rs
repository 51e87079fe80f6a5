//! The saved views by which streams are narrowed. A view that changes, or is deleted, changes its
//! streams.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Feed, Inner};
use crate::domain::id::{OrganizationId, ViewId};
use crate::domain::view::Content;
use crate::store::{self, tenants};
use crate::wake::Latest;

/// The key of a view.
pub type ViewKey = (OrganizationId, ViewId);

/// The views of the streams of this server.
#[derive(Debug, Default)]
pub(super) struct FollowedViews {
    held: Mutex<HashMap<ViewKey, OpenView>>,
}

#[derive(Debug)]
struct OpenView {
    streams: usize,
    listed: Arc<Listed>,
}

/// What a view lists, by the last look. `None`: it is deleted.
type Listed = Latest<Option<Content>>;

/// The view of a stream, until it is dropped.
pub struct FollowedView {
    inner: Arc<Inner>,
    key: ViewKey,
    listed: Arc<Listed>,
    /// The change that was last seen.
    seen: u64,
}

impl Inner {
    /// Looks what the views list by now, if there are any.
    pub(super) async fn look_at_views(&self) -> Result<(), store::Error> {
        let keys: Vec<ViewKey> = self.views.lock().keys().copied().collect();
        if keys.is_empty() {
            return Ok(());
        }
        let mut found = tenants::views::contents(&mut *self.store.connection().await?, &keys).await?;

        // The lock is taken only after the query, so that opening a stream never waits for it.
        let held = self.views.lock();
        for key in keys {
            if let Some(open) = held.get(&key) {
                open.note(found.remove(&key));
            }
        }
        Ok(())
    }
}

impl FollowedViews {
    fn lock(&self) -> MutexGuard<'_, HashMap<ViewKey, OpenView>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenView {
    /// Notes what it lists. Only wakes the streams if that is something else.
    fn note(&self, listed: Option<Content>) {
        self.listed.change(|known| {
            let changed = *known != listed;
            *known = listed;
            changed
        });
    }
}

impl Feed {
    /// Follows a view that was just read.
    pub fn follow_view(&self, key: ViewKey, listed: Content) -> FollowedView {
        let inner = self.inner.clone();
        let mut held = inner.views.lock();
        let new = || OpenView { streams: 0, listed: Arc::new(Latest::new(None)) };
        let open = held.entry(key).or_insert_with(new);
        // For the streams that were there before, this may be news.
        open.note(Some(listed));
        open.streams += 1;
        let (listed, seen) = (open.listed.clone(), open.listed.get().0);
        drop(held);
        FollowedView { inner, key, listed, seen }
    }
}

impl FollowedView {
    /// Waits until the view has changed. Dropping the future loses nothing.
    pub async fn changed(&self) {
        self.listed.other_than(self.seen).await;
    }

    /// Returns true if the view has changed since the last time.
    pub fn take_change(&mut self) -> bool {
        let seen = std::mem::replace(&mut self.seen, self.listed.get().0);
        seen != self.seen
    }
}

impl Drop for FollowedView {
    fn drop(&mut self) {
        let mut held = self.inner.views.lock();
        let Some(open) = held.get_mut(&self.key) else { return };
        open.streams -= 1;
        if open.streams == 0 {
            held.remove(&self.key);
        }
    }
}
