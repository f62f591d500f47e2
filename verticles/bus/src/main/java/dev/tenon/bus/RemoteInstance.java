package dev.tenon.bus;

/// An instance on another node, as that node announced it.
///
/// @param id given by its node, which it is unique on
/// @param lane the lane of its node that frames for it go to
record RemoteInstance(Peer peer, long id, int lane, String component, String version) {}
