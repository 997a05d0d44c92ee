/// The Governance room.
enum GovernanceRoom {}
