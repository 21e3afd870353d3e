import IndexBuildTool
import ToolSupport

runTool(IndexBuildCommand.self)
