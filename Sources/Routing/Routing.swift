/// The Routing room.
enum RoutingRoom {}
