//! Changes a saved view, or deletes it.

use crate::domain::names;
use crate::domain::version::Version;
use crate::domain::view::{Content, View};
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::tenants;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateView {
    /// Its id.
    pub view_id: String,
    /// The version from which the content was made.
    pub expected_version: Version,
    /// The whole new content. The caller has checked what only the lists know.
    pub content: Content,
}

/// The view to delete.
#[derive(Clone, Debug)]
pub struct DeleteView {
    /// Its id.
    pub view_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Changes a view.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the view; Refused with `ViewShared`.
    pub async fn update_view(&self, request: &Request, command: UpdateView) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.settings().await?.limits;
        let before = write.lock_view(&command.view_id, Some(command.expected_version)).await?;
        command.content.check(&limits).into_result(())?;
        if command.content == before.content {
            return write.commit_unnoted(&()).await;
        }

        let (content, version) = (command.content, before.version + 1);
        let after = View { content, version, update_time: request.now, ..before };
        tenants::views::update(write.conn(), &after).await?;
        write.commit(after.id.0, &()).await
    }

    /// Deletes a view permanently.
    ///
    /// # Errors
    /// Missing; Stale; Refused with `ViewShared`.
    pub async fn delete_view(&self, request: &Request, command: DeleteView) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let view = write.lock_view(&command.view_id, command.expected_version).await?;
        tenants::views::delete(write.conn(), view.organization, view.id).await?;
        write.commit(view.id.0, &()).await
    }
}

impl Write {
    /// Locks a view that the caller may change.
    ///
    /// # Errors
    /// Missing, even if it exists but is another seller's; Refused; Stale.
    async fn lock_view(&mut self, view_id: &str, seen: Option<Version>) -> Result<View, Error> {
        let name = || names::VIEW.name([view_id]);
        let (organization, scope) = (self.organization(), self.caller().scope());
        let view = tenants::views::lock(self.conn(), organization, view_id).await?;
        let view = view.filter(|view| view.is_visible(scope));
        let view = view.ok_or_else(|| Error::Missing { kind: Kind::View, name: name() })?;
        View::check_keeper(view.owner, scope)?;
        Error::if_stale(seen, Version::of(view.id.0, view.version), name)?;
        self.sees(view.id.0).await?;
        Ok(view)
    }
}
