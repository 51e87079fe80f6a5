//! Makes the email of an activity: the text of its template with the values of its record.

use std::collections::HashMap;

use tonic::Status;

use super::links;
use crate::api::call::Call;
use crate::api::pb::activity::Content;
use crate::api::work_queue::kept_texts::ShownTexts;
use crate::api::{Api, pb};
use crate::domain::id::{ActivityId, TemplateId};
use crate::domain::rendering::{self, Person, Texts, Variables};
use crate::domain::sending::{Manual, ManualReason};
use crate::domain::step::ActivityKind;
use crate::engine::Error;
use crate::store::activities::rows::ActivityRow;
use crate::store::emails::{self, Material};
use crate::store::queues::rows::QueueRow;

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
        let made = self.make_emails(call, &[&row.shown], sender).await?.pop();
        Ok(made.unwrap_or_else(|| Err(deleted())))
    }

    /// Makes the emails of activities of one organization, in their order.
    async fn make_emails(
        &self,
        call: &Call,
        rows: &[&QueueRow],
        sender: Option<Person>,
    ) -> Result<Vec<Made>, Status> {
        let organization = call.organization();
        let texts = self.texts(rows).await?;
        let wanted: Vec<_> = rows.iter().map(|row| (row.activity.record, template_of(row, &texts))).collect();
        let mut conn = self.read(organization).await?;
        let found = emails::materials(&mut conn, organization, &wanted).await?;
        drop(conn);

        let mut key = None;
        if self.public_url.is_some() && !found.is_empty() {
            key = Some(match found.values().find_map(|material| material.key.clone()) {
                Some(key) => key,
                None => self.engine.email_key(organization).await?,
            });
        }
        let link = |row: &QueueRow| {
            let (public_url, key) = self.public_url.as_ref().zip(key.as_ref())?;
            Some(links::link(public_url, organization, row.activity.id, key))
        };
        let parts =
            rows.iter().zip(wanted).map(|(row, wanted)| (found.get(&wanted).cloned(), wanted.1, link(row)));
        let parts: Vec<_> = parts.collect();

        // Off the threads that serve other calls: a template may take some milliseconds.
        let make = move || {
            let made = |(material, template, url): (Option<Material>, _, _)| match material {
                Some(material) => made(material, template, sender.clone(), url),
                None => Err(deleted()),
            };
            parts.into_iter().map(made).collect()
        };
        let made = tokio::task::spawn_blocking(make).await;
        Ok(made.map_err(|_| Error::Fault("emails couldn't be made"))?)
    }

    /// Returns what the composer opens with for each of these activities that is an email, as far
    /// as it can be made. They must be open.
    pub(in crate::api) async fn drafts(
        &self,
        call: &Call,
        rows: &[&QueueRow],
    ) -> Result<HashMap<ActivityId, pb::RenderedEmail>, Status> {
        let is_email = |row: &&&QueueRow| row.activity.kind == ActivityKind::Email;
        let emails: Vec<&QueueRow> = rows.iter().filter(is_email).copied().collect();
        if emails.is_empty() {
            return Ok(HashMap::new());
        }
        let made = self.make_emails(call, &emails, None).await?;
        let drafts = emails.iter().zip(made).filter_map(|(row, made)| Some((row.activity.id, made.ok()?)));
        Ok(drafts.collect())
    }
}

/// Puts what the composer opens with into an email.
pub fn put_draft(shown: &mut pb::Activity, draft: Option<pb::RenderedEmail>) {
    if let Some(Content::Email(content)) = &mut shown.content {
        content.draft = draft;
    }
}

fn deleted() -> Manual {
    Manual::new(ManualReason::NoEmailAddress, "the record is deleted")
}

fn template_of(row: &QueueRow, texts: &ShownTexts) -> Option<TemplateId> {
    let (activity, texts) = (&row.activity, texts.of(row));
    let node = texts.node(activity.sequence, activity.revision, activity.node);
    node.and_then(|node| node.step.kind.template().copied())
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
