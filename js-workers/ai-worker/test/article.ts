/** An article to summarise, written for these tests. */
export const article = `
The lighthouse at Cape Varn

For a hundred and forty years the lighthouse at Cape Varn has warned ships of the reefs that lie two miles off the coast. Built in 1886 by
the engineer Dr. H. L. Marsh, it was the first tower in the region to be made of prefabricated iron plates instead of stone. The plates were
cast inland, carried to the cape by mule and riveted together in less than eleven months. Marsh is said to have slept on the scaffolding
during storms, "because a tower that I am afraid of is a tower that I have built badly."

The lamp burned whale oil at first, then kerosene, and from 1931 electricity from a generator in the keeper's shed. Its light could be seen
at 18.5 nautical miles on a clear night. Four families of keepers lived at the cape, and the logbooks they left behind record 212 rescues. The
worst night was that of 3 November 1912, when the steamer Adelheid broke apart on the reef and 61 people were brought ashore in open boats.
Nobody knows how many were on board.

Today no keeper is needed. The light was automated in 1984, and in 2019 the harbour authority announced that it would be switched off for good,
since almost every ship now finds its way by satellite. Fishermen protested: their boats are small, their receivers are old, and the reef is
where the fish are. Mrs. Okafor, who chairs the fishing cooperative, collected 4,000 signatures in a town of 5,200. "A satellite does not tell
you how near the rocks are when the fog comes in," she said.

The protest worked, though not in the way that anyone had expected. Instead of keeping the old lamp, the authority gave the tower to the town for
one euro. A group of volunteers, among them two retired electricians and a teacher of physics, replaced the lamp by a cluster of light-emitting
diodes that needs less current than a kettle. Solar panels on the roof of the shed charge the batteries. The whole installation cost 38,000 euros, most of
which came from visitors who pay to climb the 187 steps.

What began as a rescue has become a model. Three other towns along the coast have taken over their lighthouses since, and a fourth is negotiating. The harbour
authority, relieved of the cost, lends its divers for inspections once a year. Engineers come to see how iron plates have survived 140 winters, and
find that the rivets, not the plates, are the weak point. The volunteers replace about thirty of them each spring.

There is still the question of what happens when the volunteers grow old. The teacher, who is 58, has begun to train a dozen pupils in the maintenance of the
lamp; they call themselves the keepers, and they have started a logbook. Its first entry is a joke about the weather. Its second is a rescue.
`;
