//! Saves a view of a list of activities.

use crate::domain::id::{ChosenId, SellerId, ViewId};
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::view::{Content, MOST, View};
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::tenants;

/// The view to save.
#[derive(Clone, Debug)]
pub struct CreateView {
    /// The id, chosen by the caller.
    pub view_id: ChosenId,
    /// The seller whose view it is. `None`: everybody's.
    pub owner: Option<SellerId>,
    /// What it lists. The caller has checked what only the lists know.
    pub content: Content,
}

impl Engine {
    /// Saves a view.
    ///
    /// # Errors
    /// Invalid, with paths relative to the view; Exists; Refused with `ViewShared` or
    /// `LimitExceeded`.
    pub async fn create_view(&self, request: &Request, command: CreateView) -> Result<ViewId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Two writes can't both take the last place.
        let locked = write.lock_organization().await?;
        View::check_keeper(command.owner, request.caller.scope())?;
        command.content.check(&locked.settings.limits).into_result(())?;
        if tenants::views::count(write.conn(), locked.id, command.owner).await? >= MOST {
            return Err(Refusal::LimitExceeded { limit: "views", value: MOST }.into());
        }

        let view = View {
            organization: locked.id,
            id: ViewId(self.clock().new_id()),
            view_id: command.view_id,
            owner: command.owner,
            content: command.content,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };
        if !tenants::views::insert(write.conn(), &view).await? {
            return Err(Error::Exists { kind: Kind::View, name: names::VIEW.name([&view.view_id]) });
        }
        write.commit(view.id.0, &view.id).await?;
        Ok(view.id)
    }
}
