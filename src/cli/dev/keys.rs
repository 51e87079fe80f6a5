//! The two organizations of `upnext dev` and the keys to them, the same at each start.

use chrono::{DateTime, Utc};

use super::folder::StateFolder;
use crate::engine::{Engine, Secret};
use crate::store::tenants;

/// An organization of `upnext dev`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Organization {
    /// Empty, to be filled by whoever tries things out.
    Dev,
    /// With sellers, leads and sequences that move by themselves.
    Demo,
}

impl Organization {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Demo => "demo",
        }
    }
}

/// A system administrator's key to each.
#[derive(Debug)]
pub(super) struct Keys {
    /// To the empty organization.
    pub(super) dev: Secret,
    /// To the demo.
    pub(super) demo: Secret,
}

impl Keys {
    /// Reads the keys that the folder keeps; makes the organizations whose key is missing or
    /// unknown to the database.
    pub(super) async fn of(engine: &Engine, folder: &StateFolder) -> anyhow::Result<Self> {
        let now = engine.clock().now();
        let kept = folder.read_keys()?;
        let first_start = !tenants::organizations::exist(&mut *engine.store().connection().await?).await?;

        let (dev, new_dev) = of(engine, &kept, Organization::Dev, now).await?;
        let (demo, new_demo) = of(engine, &kept, Organization::Demo, now).await?;

        if (new_dev || new_demo) && !first_start {
            eprintln!(
                "the kept keys don't open what is in the database: new organizations were made, with new keys; --reset begins \
                 anew"
            );
        }
        if new_dev || new_demo {
            folder.write_keys(&format!("dev={}\ndemo={}\n", dev.expose(), demo.expose()))?;
        }

        Ok(Self { dev, demo })
    }
}

/// The key to one organization, and whether it had to be made.
async fn of(
    engine: &Engine,
    kept: &str,
    organization: Organization,
    now: DateTime<Utc>,
) -> anyhow::Result<(Secret, bool)> {
    if let Some(secret) = find(kept, organization)
        && opens(engine, &secret, now).await?
    {
        return Ok((secret, false));
    }
    let created = engine.create_organization(organization.name(), now).await?;
    Ok((created.secret, true))
}

fn find(kept: &str, organization: Organization) -> Option<Secret> {
    let mut lines = kept.lines().filter_map(|line| line.split_once('='));
    lines.find(|(name, _)| *name == organization.name()).and_then(|(_, secret)| Secret::parse(secret.trim()))
}

async fn opens(engine: &Engine, secret: &Secret, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let mut connection = engine.store().connection().await?;
    let secret = (secret.organization(), secret.hash());
    let key = tenants::api_keys::find_by_secrets(&mut connection, &[secret]).await?.remove(&secret);
    Ok(key.and_then(|known| known.key.caller(now)).is_some())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::OrganizationId;

    #[test]
    fn keys_are_found_by_the_name_of_their_organization() {
        let secret = Secret::mint(OrganizationId(Uuid::from_u128(1)));
        let kept = format!("demo={}\ndev=cut\n", secret.expose());
        assert_eq!(find(&kept, Organization::Demo), Some(secret));
        assert_eq!(find(&kept, Organization::Dev), None);
    }
}
