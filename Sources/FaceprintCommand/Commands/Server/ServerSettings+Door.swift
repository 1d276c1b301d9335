import FaceprintServer

extension ServerSettings {
    /// What the door is called, what opens it, and what it asks for.
    mutating func readDoor(_ arguments: Arguments) throws {
        let door = try DoorSettings(arguments)
        (doorName, doorHook, hookSeconds) = (door.name, door.hook, door.seconds)
        doorGroup = arguments.string("door-group")
        liveness = arguments.string("liveness").flatMap(ServerSettings.Liveness.init) ?? .off
    }
}
