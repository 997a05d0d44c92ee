/// The Store room.
enum StoreRoom {}
