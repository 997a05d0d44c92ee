/// The AdminAPI room.
enum AdminAPIRoom {}
