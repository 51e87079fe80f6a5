//! Lists: their items, or their pages if you want what else a page says.

use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use tonic::Status;

use crate::Channel;

/// A request of a list. Every one of them has this.
pub trait Paged: Clone + Send + Sized + 'static {
    /// The answer.
    type Page: Send;
    /// What is listed.
    type Item: Send;

    /// Asks for one page.
    fn page(self, channel: Channel) -> impl Future<Output = Result<Self::Page, Status>> + Send;
    /// Says from where on.
    fn set_page_token(&mut self, token: String);
    /// From where on the next page is; empty after the last.
    fn next_page_token(page: &Self::Page) -> &str;
    /// What is on a page.
    fn items(page: Self::Page) -> Vec<Self::Item>;
}

pub(crate) fn whole<R: Paged>(channel: Channel, request: R) -> BoxStream<'static, Result<R::Page, Status>> {
    stream::try_unfold(Some(request), move |request| {
        let channel = channel.clone();
        async move {
            let Some(mut request) = request else { return Ok(None) };
            let page = request.clone().page(channel).await?;
            let token = R::next_page_token(&page).to_owned();
            let next = (!token.is_empty()).then(|| {
                request.set_page_token(token);
                request
            });
            Ok(Some((page, next)))
        }
    })
    .boxed()
}

pub(crate) fn items<R: Paged>(channel: Channel, request: R) -> BoxStream<'static, Result<R::Item, Status>> {
    let listed = |page| stream::iter(R::items(page).into_iter().map(Ok));
    whole(channel, request).map_ok(listed).try_flatten().boxed()
}
