import FaceprintFiles
import Foundation

extension ModelCatalogue {
    /// The network or fusion of that name, with the networks that it runs. Their weights are not read.
    ///
    /// - Throws: ``ModelError/noSuchModel(name:known:)``, what is wrong with a manifest, or
    ///   ``ModelError/unusableMember(fusion:member:reason:)`` where a member is missing or another one.
    public func recognitionModel(named name: String) throws(ModelError) -> RecognitionModel {
        guard isFusion(name) else { return RecognitionModel(try model(named: name)) }
        let fusion = try fusion(named: name)
        var members: [RecognitionModel.Member] = []
        for member in fusion.members {
            members.append(
                .init(
                    model: try network(of: member, in: name), weight: member.weight, isMirrored: member.isMirrored))
        }
        return RecognitionModel(
            name: name, members: members, thresholds: fusion.thresholds, original: fusion.original)
    }

    /// Whether that name is a fusion's, whole or damaged.
    public func isFusion(_ name: String) -> Bool {
        Self.isName(name) && !FileManager.default.fileExists(atPath: manifestPath(name))
            && FileManager.default.fileExists(atPath: fusionPath(name))
    }

    /// The description of the fusion of that name; whether its members are here is not looked at.
    ///
    /// - Throws: ``ModelError/noSuchModel(name:known:)``, or what is wrong with the file.
    public func fusion(named name: String) throws(ModelError) -> Fusion {
        guard isFusion(name) else { throw .noSuchModel(name: name, known: names()) }
        let path = fusionPath(name)
        let fusion = try decode(Fusion.self, from: path)
        guard fusion.name == name else {
            throw .damagedManifest(path: path, reason: "it is of the model “\(fusion.name)”")
        }
        if let problem = fusion.problem { throw .damagedManifest(path: path, reason: problem) }
        return fusion
    }

    /// Puts a fusion into the catalogue, in the place of a model of the same name, whole or not at all.
    ///
    /// - Throws: ``ModelError/unusableFusion(name:reason:)``, or ``ModelError/unusableMember(fusion:member:reason:)``
    ///   for a member that isn't here.
    public func add(_ fusion: Fusion) throws(ModelError) -> RecognitionModel {
        try Self.require(name: fusion.name)
        if let problem = fusion.problem { throw .unusableFusion(name: fusion.name, reason: problem) }
        for member in fusion.members {
            guard member.model != fusion.name else {
                throw .unusableFusion(name: fusion.name, reason: "it names itself as a member")
            }
            _ = try network(of: member, in: fusion.name)
        }
        try place(fusion.name) { try Self.write(fusion, to: $0 + "/fusion.json") }
        return try recognitionModel(named: fusion.name)
    }

    /// Reads the whole file of each network and compares its SHA-256 with the manifest's.
    ///
    /// - Throws: ``ModelError/checksumMismatch(path:expected:found:)``.
    public func verify(_ model: RecognitionModel) throws(ModelError) {
        for member in model.members { try verify(member.model) }
    }

    private func network(of member: Fusion.Member, in fusion: String) throws(ModelError) -> Model {
        guard !isFusion(member.model) else {
            throw .unusableMember(fusion: fusion, member: member.model, reason: "is a fusion itself")
        }
        let model: Model
        do {
            model = try self.model(named: member.model)
        } catch .noSuchModel {
            throw .unusableMember(fusion: fusion, member: member.model, reason: "is not here")
        }
        guard model.manifest.sha256 == member.sha256 else {
            throw .unusableMember(
                fusion: fusion, member: member.model,
                reason: "has SHA-256 \(model.manifest.sha256), not \(member.sha256)")
        }
        return model
    }

    func fusionPath(_ name: String) -> String { "\(folder)/\(name)/fusion.json" }
}
