//! Makes the email of an activity: the text of its template with the values of its record.

use tonic::Status;

use super::links;
use crate::api::call::Call;
use crate::api::pb::activity::Content;
use crate::api::{Api, pb};
use crate::domain::id::TemplateId;
use crate::domain::rendering::{self, Person, Texts, Variables};
use crate::domain::sending::{Manual, ManualReason};
use crate::domain::step::ActivityKind;
use crate::engine::Error;
use crate::store::activities::rows::ActivityRow;
use crate::store::emails::{self, Material};

/// The email of an activity, or why there is none.
pub type Made = Result<pb::RenderedEmail, Manual>;

impl Api {
    /// Makes the email of an activity, which must be one. `sender` is who sends it; without one,
    /// the record's owner.
    pub(super) async fn make_email(
        &self,
        call: &Call,
        row: &ActivityRow,
        sender: Option<Person>,
    ) -> Result<Made, Status> {
        let template = self.template_of(row).await?;
        let activity = &row.shown.activity;
        let organization = activity.organization;
        let mut conn = self.read(call.organization()).await?;
        let found = emails::material(&mut conn, organization, activity.record, template).await?;
        drop(conn);
        let Some(material) = found else {
            return Ok(Err(Manual::new(ManualReason::NoEmailAddress, "the record is deleted")));
        };

        let mut url = None;
        if let Some(public_url) = &self.public_url {
            let key = match &material.key {
                Some(key) => key.clone(),
                None => self.engine.email_key(organization).await?,
            };
            url = Some(links::link(public_url, organization, activity.id, &key));
        }
        // Off the threads that serve other calls: a template may take some milliseconds.
        let made = tokio::task::spawn_blocking(move || made(material, template, sender, url)).await;
        Ok(made.map_err(|_| Error::Fault("an email couldn't be made"))?)
    }

    /// Puts what the composer opens with into an open email.
    pub(in crate::api) async fn add_draft(
        &self,
        call: &Call,
        row: &ActivityRow,
        shown: &mut pb::Activity,
    ) -> Result<(), Status> {
        if row.shown.activity.kind != ActivityKind::Email || row.ending.is_some() {
            return Ok(());
        }
        let draft = self.make_email(call, row, None).await?.ok();
        if let Some(Content::Email(content)) = &mut shown.content {
            content.draft = draft;
        }
        Ok(())
    }

    async fn template_of(&self, row: &ActivityRow) -> Result<Option<TemplateId>, Status> {
        let activity = &row.shown.activity;
        let texts = self.texts(&[&row.shown]).await?.of(&row.shown);
        let node = texts.node(activity.sequence, activity.revision, activity.node);
        Ok(node.and_then(|node| node.step.kind.template().copied()))
    }
}

fn made(
    material: Material,
    template: Option<TemplateId>,
    sender: Option<Person>,
    unsubscribe_url: Option<String>,
) -> Made {
    let Material { attributes, to, owner, template: text, .. } = material;
    let reply_to = owner.as_ref().map(|owner| owner.email.clone()).unwrap_or_default();
    let variables =
        Variables { record: attributes, seller: owner, sender, unsubscribe_url: unsubscribe_url.clone() };

    let Texts { subject, body } = match (template, text) {
        (_, Some((subject, body))) => rendering::render(&subject, &body, &variables)?,
        (Some(_), None) => {
            return Err(Manual::new(ManualReason::TemplateUnusable, "the template is deleted"));
        }
        // The composer opens empty.
        (None, None) => Texts::default(),
    };

    Ok(pb::RenderedEmail {
        to: to.unwrap_or_default(),
        subject,
        body,
        reply_to,
        unsubscribe_url: unsubscribe_url.unwrap_or_default(),
    })
}
