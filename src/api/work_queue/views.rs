//! Saved views: what to list, kept under a name.

use tonic::{Request, Response, Status};

use super::lists::{CLOSED, asked};
use crate::api::call::Call;
use crate::api::convert::timestamp;
use crate::api::update_mask::Fields;
use crate::api::{Api, etag, pb, update_mask, validate};
use crate::domain::id::{ChosenId, SellerId};
use crate::domain::names::{self, SellerName};
use crate::domain::reason::Reason;
use crate::domain::version::Version;
use crate::domain::view::{Content, View};
use crate::domain::violation::Violations;
use crate::engine::{CreateView, DeleteView, Error, Kind, UpdateView, unknown_record_type};
use crate::store::{records, tenants};

/// The fields that an update can set.
const UPDATABLE: &[&str] =
    &["display_name", "record_type", "filter", "states", "due", "order_by", "group_by", "window_size"];

/// How often an update is tried again that somebody else's overtook.
const TRIES: usize = 5;

impl Api {
    pub(super) async fn create_saved_view(
        &self,
        request: Request<pb::CreateViewRequest>,
    ) -> Result<Response<pb::CreateViewResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let view_id = found.keep_once(names::new_id("view_id", &message.view_id));
        let sent = message.view.unwrap_or_default();
        if !sent.owner.is_empty() {
            found.keep("view", names::seller("owner", &sent.owner));
        }
        let view_id = found.settle(view_id)?;

        let content = content(&sent);
        self.check_listed(&call, &content).await?;
        let owner = self.view_owner(&call, &sent.owner).await?;
        let command = CreateView { view_id: view_id.clone(), owner, content };
        let created = self.engine.create_view(&call.request(repetition), command).await;
        created.map_err(|error| error.under("view"))?;
        let view = Some(self.shown_view(&call, view_id.as_str()).await?);
        Ok(Response::new(pb::CreateViewResponse { view }))
    }

    pub(super) async fn get_saved_view(
        &self,
        request: Request<pb::GetViewRequest>,
    ) -> Result<Response<pb::GetViewResponse>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let [id] = names::VIEW.parse("name", &message.name)?;
        Ok(Response::new(pb::GetViewResponse { view: Some(self.shown_view(&call, id).await?) }))
    }

    pub(super) async fn list_saved_views(
        &self,
        request: Request<pb::ListViewsRequest>,
    ) -> Result<Response<pb::ListViewsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let page = call.page::<String>(message.page_size, &message.page_token, &[])?;
        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(organization).await?;
        let rows =
            tenants::views::page(&mut conn, organization, call.caller.scope(), last, page.limit()).await?;

        let owners: Vec<_> = rows.iter().filter_map(|view| Some(view.owner?.0)).collect();
        let owners = tenants::sellers::chosen_ids(&mut conn, organization, &owners).await?;
        let show = |view: &View| shown(view, view.owner.and_then(|owner| owners.get(&owner)));
        let (views, next_page_token) = page.fill(&rows, show, |last| last.view_id.to_string());
        Ok(Response::new(pb::ListViewsResponse { views, next_page_token }))
    }

    pub(super) async fn update_saved_view(
        &self,
        request: Request<pb::UpdateViewRequest>,
    ) -> Result<Response<pb::UpdateViewResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.view.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&sent, message.update_mask.as_ref(), UPDATABLE));
        let id = found.keep_once(names::VIEW.parse_id("view.name", &sent.name));
        let (fields, id) = found.settle((fields, id))?;

        for last in (0..TRIES).rev() {
            let command = self.view_update(&call, &id, &sent, &fields).await?;
            match self.engine.update_view(&call.request(repetition), command).await {
                // Without an etag, an update that came in between is only in the way.
                Err(Error::Stale { .. }) if sent.etag.is_empty() && last > 0 => continue,
                updated => updated.map_err(|error| error.under("view"))?,
            }
            break;
        }
        Ok(Response::new(pb::UpdateViewResponse { view: Some(self.shown_view(&call, &id).await?) }))
    }

    /// What an update makes of a view as it is now.
    async fn view_update(
        &self,
        call: &Call,
        id: &str,
        sent: &pb::View,
        fields: &Fields,
    ) -> Result<UpdateView, Status> {
        let before = self.saved_view(call, id).await?;
        let read = Version::of(before.id.0, before.version);
        let content = merged(before.content, content(sent), fields);
        self.check_listed(call, &content).await?;
        let expected_version = etag::expected(&sent.etag).unwrap_or(read);
        Ok(UpdateView { view_id: id.to_owned(), expected_version, content })
    }

    pub(super) async fn delete_saved_view(
        &self,
        request: Request<pb::DeleteViewRequest>,
    ) -> Result<Response<pb::DeleteViewResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let view_id = found.keep_once(names::VIEW.parse_id("name", &message.name));
        let view_id = found.settle(view_id)?;
        let command = DeleteView { view_id, expected_version: etag::expected(&message.etag) };
        self.engine.delete_view(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DeleteViewResponse {}))
    }

    /// Fills in what a request to list activities leaves empty, if it names a view.
    pub(super) async fn fill_in(
        &self,
        call: &Call,
        mut message: pb::ListActivitiesRequest,
    ) -> Result<pb::ListActivitiesRequest, Status> {
        if message.saved_view.is_empty() {
            return Ok(message);
        }
        let [id] = names::VIEW.parse("saved_view", &message.saved_view)?;
        let view = self.saved_view(call, id).await?.content;

        fill(&mut message.record_type, view.record_type);
        fill(&mut message.filter, view.filter);
        fill(&mut message.order_by, view.order_by);
        fill(&mut message.group_by, view.group_by);
        fill(&mut message.states, view.states);
        fill(&mut message.due, view.due);
        fill(&mut message.page_size, view.window_size);
        Ok(message)
    }

    /// A view, if the caller may see it.
    async fn saved_view(&self, call: &Call, id: &str) -> Result<View, Status> {
        let mut conn = self.read(call.organization()).await?;
        let found = tenants::views::find(&mut conn, call.organization(), id).await?;
        let found = found.filter(|view| view.is_visible(call.caller.scope()));
        let missing = || Error::Missing { kind: Kind::View, name: names::VIEW.name([id]) };
        Ok(found.ok_or_else(missing)?)
    }

    async fn shown_view(&self, call: &Call, id: &str) -> Result<pb::View, Status> {
        let view = self.saved_view(call, id).await?;
        let owner: Vec<_> = view.owner.iter().map(|owner| owner.0).collect();
        let mut conn = self.read(call.organization()).await?;
        let owners = tenants::sellers::chosen_ids(&mut conn, call.organization(), &owner).await?;
        Ok(shown(&view, view.owner.and_then(|owner| owners.get(&owner))))
    }

    /// Finds the seller whose view it is to be. Other sellers look like missing ones to those who
    /// only see their own work.
    async fn view_owner(&self, call: &Call, name: &str) -> Result<Option<SellerId>, Status> {
        if name.is_empty() {
            return Ok(None);
        }
        let own = call.caller.seller;
        let found = match names::seller("view.owner", name)? {
            SellerName::Me => own,
            SellerName::Id(id) => {
                let mut conn = self.read(call.organization()).await?;
                tenants::sellers::find(&mut conn, call.organization(), id).await?.map(|seller| seller.id)
            }
        };
        let found = found.filter(|owner| call.caller.scope().has_owner(Some(*owner)));
        let rule = format!("there is no {name}");
        let unknown = || Violations::one("view.owner", Reason::ReferenceNotFound, rule);
        Ok(Some(found.ok_or_else(unknown)?))
    }

    /// Checks what a view lists, like a request that lists it.
    async fn check_listed(&self, call: &Call, content: &Content) -> Result<(), Status> {
        let record_type = match content.record_type.as_str() {
            "" => None,
            name => {
                let id = names::RECORD_TYPE.parse_id("view.record_type", name)?;
                let mut conn = self.read(call.organization()).await?;
                let found = records::types::find(&mut conn, call.organization(), &id).await?;
                Some(found.ok_or_else(|| unknown_record_type(&id).under("view"))?)
            }
        };

        let listed = asked(call, &listing(call, content), record_type.as_ref(), Violations::new());
        Ok(listed.map(drop).map_err(|found| found.under("view"))?)
    }
}

/// The request that lists what a view does.
fn listing(call: &Call, content: &Content) -> pb::ListActivitiesRequest {
    pb::ListActivitiesRequest {
        filter: content.filter.clone(),
        states: content.states.clone(),
        order_by: content.order_by.clone(),
        group_by: content.group_by.clone(),
        due: content.due,
        // The request that uses the view says it.
        closed_since: content.states.iter().any(is_closed).then(|| timestamp(call.now)),
        ..Default::default()
    }
}

/// Whether it is a state of closed activities.
fn is_closed(state: &i32) -> bool {
    CLOSED.iter().any(|(closed, _)| *closed as i32 == *state)
}

/// Fills in a field that is empty.
fn fill<T: Default + PartialEq>(own: &mut T, saved: T) {
    if *own == T::default() {
        *own = saved;
    }
}

/// Reads what a view lists.
fn content(sent: &pb::View) -> Content {
    Content {
        display_name: sent.display_name.clone(),
        record_type: sent.record_type.clone(),
        filter: sent.filter.clone(),
        states: sent.states.clone(),
        due: sent.due,
        order_by: sent.order_by.clone(),
        group_by: sent.group_by.clone(),
        window_size: sent.window_size,
    }
}

/// Sets the fields that an update names.
fn merged(mut before: Content, sent: Content, fields: &Fields) -> Content {
    macro_rules! set {
        ($($field:ident),+) => {
            $(if fields.has(stringify!($field)) {
                before.$field = sent.$field;
            })+
        };
    }
    set!(display_name, record_type, filter, states, due, order_by, group_by, window_size);
    before
}

fn shown(view: &View, owner: Option<&ChosenId>) -> pb::View {
    let content = view.content.clone();
    pb::View {
        name: names::VIEW.name([&view.view_id]),
        display_name: content.display_name,
        owner: owner.map(|owner| names::SELLER.name([owner])).unwrap_or_default(),
        record_type: content.record_type,
        filter: content.filter,
        states: content.states,
        due: content.due,
        order_by: content.order_by,
        group_by: content.group_by,
        window_size: content.window_size,
        etag: etag::of(Version::of(view.id.0, view.version)),
        create_time: Some(timestamp(view.create_time)),
        update_time: Some(timestamp(view.update_time)),
    }
}
