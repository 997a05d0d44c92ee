/// The Reactor room.
enum ReactorRoom {}
