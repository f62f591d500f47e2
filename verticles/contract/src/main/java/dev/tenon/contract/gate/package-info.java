/// Whether a version may be deployed: what it would break for whom, and whether its number says so.
///
/// Enter at [Gate], which judges a [ComponentVersion] against those that are live and gives a [Verdict]. Where the live ones come from – a cluster, a folder, a revision of
/// git – is for whoever asks; [Repository] reads them from files.
///
/// Both directions of time are looked at. *Old consumer, new provider*: what lives now goes on calling, and meets the new version. *New consumer, old provider*: the new
/// version begins to call, and meets what lives now. Contracts are compared by [dev.tenon.contract.compare].
///
/// Knows no Vert.x and no HTTP: the command line and the deployment give the same verdict.
package dev.tenon.contract.gate;
