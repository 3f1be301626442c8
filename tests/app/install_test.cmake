# Installs into a new prefix and uses what lies there: cmake -DBUILD=… -P install_test.cmake
string(RANDOM LENGTH 8 name)
set(prefix "${BUILD}/install-test-${name}")
set(ENV{XDG_DATA_HOME} "${prefix}/home") # measurements and settings of the test's own
set(ENV{XDG_CONFIG_HOME} "${prefix}/home")
set(ENV{POLYLOOM_DATA} "${prefix}/home")
set(ENV{QT_QPA_PLATFORM} offscreen)

function(must what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT code EQUAL 0)
    file(REMOVE_RECURSE ${prefix})
    message(FATAL_ERROR "${what}: ${code}\n${out}\n${err}")
  endif()
endfunction()

function(must_exist)
  foreach(path ${ARGN})
    if(NOT EXISTS "${prefix}/${path}")
      file(GLOB_RECURSE all RELATIVE ${prefix} "${prefix}/*")
      file(REMOVE_RECURSE ${prefix})
      message(FATAL_ERROR "${path} is not installed; there are ${all}")
    endif()
  endforeach()
endfunction()

must("install" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
must_exist(bin/polyloom bin/polyloom-cli bin/polyloom-worker bin/polyloom-runner share/polyloom/examples/gemm.c
  share/applications/org.polyloom.Polyloom.desktop share/metainfo/org.polyloom.Polyloom.metainfo.xml
  share/icons/hicolor/scalable/apps/org.polyloom.Polyloom.svg share/mime/packages/org.polyloom.Polyloom.mime.xml)

# The helpers are found beside the programs, wherever these were put.
must("the window draws" ${prefix}/bin/polyloom --render ${prefix}/share/polyloom/examples/gemm.c -o ${prefix}/a.svg)
must("the terminal draws" ${prefix}/bin/polyloom-cli render ${prefix}/share/polyloom/examples/gemm.c
  --recipe ${prefix}/share/polyloom/examples/gemm.recipe --view tree -o ${prefix}/b.tex)
must_exist(a.svg b.tex)

find_program(DESKTOP_FILE_VALIDATE desktop-file-validate)
if(DESKTOP_FILE_VALIDATE)
  must("the desktop entry" ${DESKTOP_FILE_VALIDATE} ${prefix}/share/applications/org.polyloom.Polyloom.desktop)
endif()
find_program(APPSTREAMCLI appstreamcli)
if(APPSTREAMCLI)
  must("the AppStream data" ${APPSTREAMCLI} validate --no-net ${prefix}/share/metainfo/org.polyloom.Polyloom.metainfo.xml)
endif()
find_program(UPDATE_MIME_DATABASE update-mime-database)
if(UPDATE_MIME_DATABASE)
  must("the MIME types" ${UPDATE_MIME_DATABASE} ${prefix}/share/mime)
  file(READ ${prefix}/share/mime/globs2 globs)
  foreach(glob "application/vnd.polyloom.recipe:*.recipe" "application/vnd.polyloom.session+json:*.polyloom.json")
    string(FIND "${globs}" "${glob}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "the MIME database does not have ${glob}")
    endif()
  endforeach()
endif()
file(REMOVE_RECURSE ${prefix})
