//! How many connections are open, in all and from each address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::warning::Warning;

/// The bits of an IPv6 address that name a network. One client usually has all addresses in it.
const NETWORK: u128 = u128::MAX << 64;

/// The places for connections. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Places(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    most: usize,
    most_per_address: usize,
    taken: Mutex<Taken>,
    full: Warning,
    full_for_one: Warning,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The place of one connection, free again once it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    address: IpAddr,
}

impl Places {
    pub(super) fn new(most: usize, most_per_address: usize) -> Self {
        let (full, full_for_one) = (Warning::default(), Warning::default());
        Self(Arc::new(Shared { most, most_per_address, taken: Mutex::default(), full, full_for_one }))
    }

    /// Takes a place for a connection from this address. None, with a warning, if there is no more.
    pub(super) fn take(&self, from: IpAddr) -> Option<Place> {
        let address = network(from);
        let mut taken = self.taken();
        let of_address = taken.by_address.get(&address).copied().unwrap_or_default();
        if taken.all >= self.0.most {
            self.warn_full();
            return None;
        }
        if of_address >= self.0.most_per_address {
            self.warn_full_for(address);
            return None;
        }

        taken.all += 1;
        taken.by_address.insert(address, of_address + 1);
        Some(Place { places: self.clone(), address })
    }

    fn warn_full(&self) {
        if self.0.full.is_due() {
            let most = self.0.most;
            tracing::warn!(most, "further connections are closed: the limit connections is reached");
        }
    }

    fn warn_full_for(&self, address: IpAddr) {
        if self.0.full_for_one.is_due() {
            let most = self.0.most_per_address;
            tracing::warn!(%address, most, "further connections from this address are closed: the limit connections_per_address is reached");
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(of_address) = taken.by_address.get_mut(&self.address) {
            *of_address -= 1;
            if *of_address == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

/// What counts as one address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
        short => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn places_are_limited_in_all_and_per_address_and_free_again() {
        let places = Places::new(3, 2);
        let first = places.take(address("10.0.0.1")).expect("free");
        let _second = places.take(address("::ffff:10.0.0.1")).expect("free");
        assert!(places.take(address("10.0.0.1")).is_none(), "two of one address");
        let third = places.take(address("10.0.0.2")).expect("free");
        assert!(places.take(address("10.0.0.3")).is_none(), "three in all");

        drop(third);
        assert!(places.take(address("10.0.0.1")).is_none());
        drop(first);
        assert!(places.take(address("10.0.0.1")).is_some());
        assert_eq!(places.taken().by_address.len(), 1);
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let places = Places::new(9, 1);
        let _first = places.take(address("2001:db8::1")).expect("free");
        assert!(places.take(address("2001:db8::2")).is_none());
        assert!(places.take(address("2001:db8:0:1::2")).is_some());
    }
}
