/// The HTTP1 room.
enum HTTP1Room {}
